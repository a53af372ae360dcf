import type { AnswerTo, ViewQuery } from "../src/inspector/queries/table";
import type { HostMessage, ViewMessage } from "../src/inspector/protocol";

/** How long a view waits for an answer. */
const patienceMilliseconds = 10_000;

/** Why a request has no answer: `stale` ones are to be asked again by the next update. */
export class RequestFailure extends Error {
  constructor(
    readonly reason: "stale" | "refused" | "timeout" | "closed",
    text: string,
  ) {
    super(text);
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: RequestFailure) => void;
  readonly timer: number;
  readonly about: "step" | "run";
}

/** Questions on their way to the host and back. */
export class Requests {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;

  constructor(
    private readonly post: (message: ViewMessage) => void,
    /** The position on the screen. */
    private readonly position: () => number,
  ) {}

  /**
   * `about` says whether the answer is of use at any position of the run. One about a step is of use where it is about the
   * step on the screen, also when that was another one as the question was put: a scrubber is dragged faster than answers come.
   */
  ask<Query extends ViewQuery>(query: Query, about: "step" | "run" = "step"): Promise<AnswerTo<Query>> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => {
        this.pending.delete(id);
        reject(new RequestFailure("timeout", `No answer to ${query.kind}.`));
      }, patienceMilliseconds);
      // The host's table pairs each kind of query with its answer.
      this.pending.set(id, { resolve: (result) => resolve(result as AnswerTo<Query>), reject, timer, about });
      this.post({ kind: "request", id, query });
    });
  }

  receive(message: Extract<HostMessage, { readonly kind: "answer" | "failure" }>): void {
    const pending = this.take(message.id);
    if (pending === undefined) return;
    if (message.kind === "failure") pending.reject(new RequestFailure("refused", message.reason));
    else if (pending.about === "run" || message.position === this.position()) pending.resolve(message.result);
    else pending.reject(new RequestFailure("stale", "The run has moved on."));
  }

  close(): void {
    for (const id of [...this.pending.keys()]) this.take(id)?.reject(new RequestFailure("closed", "The panel closes."));
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    window.clearTimeout(pending?.timer);
    return pending;
  }
}
