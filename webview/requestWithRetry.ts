import type { Recorded } from "../src/inspector/queries/lives";
import type { AnswerTo, ViewQuery } from "../src/inspector/queries/table";
import type { PanelContext } from "./context";
import { RequestFailure } from "./requests";

/** How long to wait before a request without an answer is repeated. */
const retryMilliseconds = 300;

/** Requests something about the whole run; null when no answer comes: the next update asks again, or the panel is gone. */
export async function requestAboutRun<Query extends ViewQuery>(
  context: PanelContext,
  query: Query,
): Promise<AnswerTo<Query> | null> {
  try {
    return await context.request(query, "run");
  } catch (failure) {
    if (failure instanceof RequestFailure) return null;
    throw failure;
  }
}

/**
 * A request about the whole run, which is recorded bit by bit: repeated until the answer is about all of it. While an answer
 * is on its way, only the last wish is kept.
 */
export class RepeatedRequest<Wish> {
  private isAsking = false;
  private next: { readonly wish: Wish } | null = null;
  private retry: number | undefined;

  constructor(
    /** Asks and shows the answer; null where none came. */
    private readonly ask: (wish: Wish) => Promise<Recorded | null>,
    /** Whether the answer is still shown. */
    private readonly isOpen: () => boolean,
  ) {}

  async put(wish: Wish): Promise<void> {
    if (this.isAsking) {
      this.next = { wish };
      return;
    }
    this.isAsking = true;
    let answer: Recorded | null = null;
    try {
      answer = await this.ask(wish);
    } finally {
      this.isAsking = false;
    }
    if (answer?.isComplete !== true && this.isOpen()) {
      window.clearTimeout(this.retry);
      this.retry = window.setTimeout(() => void this.put(wish), answer === null ? retryMilliseconds : 0);
    }
    const { next } = this;
    this.next = null;
    if (next !== null) await this.put(next.wish);
  }

  dispose(): void {
    window.clearTimeout(this.retry);
  }
}
