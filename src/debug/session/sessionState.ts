import { englishWords, type Words } from "../../language/Words";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { drive, type Work } from "../../language/coroutines";
import { Breakpoints } from "../breakpoints/breakpoints";
import { DataBreakpoints } from "../breakpoints/dataBreakpoints";
import { ExceptionFilters } from "../breakpoints/exceptionFilters";
import { failures } from "../protocol/failures";
import type { Launch } from "./launch";
import { ClientPositions, type DebugHost } from "../protocol/protocol";
import { ReadRanges } from "../evaluation/readRanges";
import type { Reply } from "../requests/handler";
import { RunProgress } from "./runProgress";
import { stopAt, stoppedBody, threadId, type Stop } from "./stop";
import type { Script } from "./script";
import type { Outlet } from "./outlet";
import { workHost } from "./workHost";
import { VariableStore } from "../variables/store";

/** What the requests of one session share: the script, the client's capabilities, and how stops are reported. */
export class SessionState {
  positions = new ClientPositions(1, 1);
  /** Null before `initialize`. */
  client: DebugProtocol.InitializeRequestArguments | null = null;
  launching: Launch | null = null;
  script: Script | null = null;
  isStarted = false;
  hasEnded = false;
  /** Whether numbers are shown in hexadecimal where a request does not say. */
  isHex = false;
  readonly breakpoints = new Breakpoints();
  readonly dataBreakpoints = new DataBreakpoints();
  readonly filters = new ExceptionFilters();
  readonly variables = new VariableStore();
  readonly readRanges = new ReadRanges();
  /** Of the run under way, where the client shows progress. */
  private progress: RunProgress | null = null;
  private progressCount = 0;
  /** Requests at work that may be cancelled. */
  private readonly working = new Set<number>();

  constructor(
    readonly host: DebugHost,
    readonly outlet: Outlet,
  ) {}

  get words(): Words {
    return this.host.words ?? englishWords;
  }

  get source(): DebugProtocol.Source {
    return { name: this.script?.source.name ?? "", path: this.script?.source.path ?? "" };
  }

  loadedScript(): Script {
    if (this.script === null) throw failures.noScript();
    return this.script;
  }

  /** The script when its run has begun, whether it is moving or not; fails the request otherwise. */
  startedScript(): Script {
    const script = this.loadedScript();
    if (!this.isStarted) throw failures.notReady();
    return script;
  }

  /** The script when it stands still; fails the request otherwise. */
  stoppedScript(): Script {
    const script = this.startedScript();
    if (script.control.isRunning || script.stop === null || script.isBusy) throw failures.running();
    return script;
  }

  isHexFor(format: DebugProtocol.ValueFormat | undefined): boolean {
    return format?.hex ?? this.isHex;
  }

  cancel(requestId: number): void {
    this.working.delete(requestId);
  }

  /** Serves a request by long work; the request fails when it is cancelled or the script replaced before `done`. */
  serve<Result extends object>(script: Script, reply: Reply, work: Work<Result>, done: (result: Result) => void): void {
    const { working } = this;
    const isWanted = (): boolean => working.has(reply.requestId) && this.script === script && !this.hasEnded;
    working.add(reply.requestId);
    drive(
      work,
      workHost(this.host, () => !isWanted()),
    )
      .then((result) => {
        if (result === undefined || !isWanted()) throw failures.cancelled();
        done(result);
      })
      .catch((error: unknown) => reply.fail(error))
      .finally(() => working.delete(reply.requestId));
  }

  /** Tells the client, and those who look on, that what they show of the present stop may be out of date. */
  invalidate(): void {
    this.variables.clear();
    if (this.client?.supportsInvalidatedEvent === true) {
      this.outlet.event("invalidated", { areas: ["stacks", "variables"], threadId });
    }
    this.tellMemory();
    const reason = this.script?.stop?.reason;
    if (reason !== undefined) this.outlet.change({ kind: "stopped", reason });
  }

  /** Lets the script move until it stops by itself or is cancelled. */
  run(script: Script, start: () => Promise<Stop | undefined>): void {
    this.leave(script);
    this.outlet.change({ kind: "continued", reason: null });
    this.beginProgress(script);
    start().then(
      (stop) => {
        if (stop !== undefined && this.script === script && !this.hasEnded) this.stopped(script, stop);
      },
      (error: unknown) => {
        this.endProgress();
        const reason = error instanceof Error ? error.message : String(error);
        this.outlet.event("output", {
          category: "important",
          output: `The run failed by a mistake in MemScript: ${reason}\n`,
        });
        this.end();
      },
    );
  }

  /** Stops a run where it is. */
  pause(script: Script): void {
    script.control.cancel();
    this.stopped(script, stopAt("pause"));
  }

  /** The client's user does not want to wait for the run: it stops where it is. */
  cancelProgress(id: string): void {
    const { script, progress } = this;
    if (script?.control.isRunning === true && progress?.id === id) this.pause(script);
  }

  private beginProgress({ history, control }: Script): void {
    this.endProgress();
    if (this.client?.supportsProgressReporting !== true) return;
    const progress = new RunProgress(`run-${++this.progressCount}`, history.position, this.outlet);
    this.progress = progress;
    control.onSlice = () => {
      if (this.progress === progress) progress.at(history.position);
    };
  }

  private endProgress(): void {
    this.progress?.end();
    this.progress = null;
  }

  /** Forgets what holds only at the stop that is being left. */
  leave(script: Script): void {
    script.stop = null;
    this.variables.clear();
  }

  /** Tells the client and the listeners that the script stands still, and why. */
  stopped(script: Script, stop: Stop): void {
    this.endProgress();
    this.leave(script);
    script.stop = stop;
    if (stop.reason === "end" || script.history.finished) script.printEnd();
    if (stop.reason === "end" && (this.launching?.noDebug === true || this.launching?.stopAtEnd === false)) {
      this.end();
      return;
    }
    this.outlet.event("stopped", stoppedBody(stop, this.words));
    this.tellMemory();
    this.outlet.change({ kind: "stopped", reason: stop.reason });
  }

  /** Tells a client that asked for it that the bytes which it has read may be others now. */
  tellMemory(): void {
    if (this.client?.supportsMemoryEvent !== true) return;
    for (const change of this.readRanges.changes()) this.outlet.event("memory", change);
  }

  end(): void {
    if (this.hasEnded) return;
    const { script } = this;
    this.endProgress();
    this.dispose();
    if (script?.history.finished) {
      const isClean = !script.history.problems.some((problem) => problem.severity === "error");
      this.outlet.event("exited", { exitCode: isClean ? 0 : 1 });
    }
    this.outlet.event("terminated");
    this.outlet.change({ kind: "ended", reason: null });
  }

  dispose(): void {
    this.hasEnded = true;
    this.script?.control.cancel();
  }
}
