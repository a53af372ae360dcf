import type { ProgramDocument } from "../../language/parsing/ProgramDocument";
import type { Program } from "../../language/parsing/syntax";
import type { Yield } from "../../language/coroutines";
import type { MachineOptions } from "../../machine/run/options";
import { History } from "../../machine/run/History";
import type { Problem } from "../../machine/records/records";
import { SeriesRecorder } from "../../inspector/series";
import { LineSteps } from "./lineSteps";
import { inSlices, runInSlices, type RunBudget, type RunOutcome, type SliceHost } from "./runSlices";

/** What running one version of a script came to. */
export interface IncrementalResult {
  readonly program: Program;
  readonly history: History;
  readonly lineSteps: LineSteps;
  readonly series: SeriesRecorder;
  /** Problems of parsing and of every step that ran. */
  readonly problems: readonly Problem[];
  readonly outcome: Exclude<RunOutcome, "cancelled">;
  readonly work: RunWork;
}

/** What a version of a script cost, counted, since time depends on the machine. */
export interface RunWork {
  /** Lines parsed. */
  readonly lines: number;
  /** Steps executed, on the way to the last one too; less than the run has when it went on from another one. */
  readonly steps: number;
  /** Yields to other work of the host. */
  readonly pauses: number;
}

interface Progress {
  readonly history: History;
  readonly limits: string;
  readonly series: SeriesRecorder;
}

/**
 * Runs the versions of one script one after another, in slices. Each continues the run of the version before, from the
 * position before the first changed line; the result is that of running the whole version.
 */
export class IncrementalRun {
  private progress: Progress | null = null;

  /** Runs the present version; undefined when cancelled. One update at a time: cancel the one before. */
  async update(
    script: ProgramDocument,
    options: MachineOptions,
    budget: RunBudget,
    host: SliceHost,
  ): Promise<IncrementalResult | undefined> {
    const parsed = script.parsedLines;
    let pauses = 0;
    const counting: SliceHost = {
      now: () => host.now(),
      pause: () => {
        pauses++;
        return host.pause();
      },
      cancelled: () => host.cancelled(),
    };
    const begun = await inSlices(this.begin(script, options), budget.sliceMilliseconds, counting);
    if (begun === undefined) return undefined;
    const { history, series } = (this.progress = begun);
    const { program, executed } = history;
    await counting.pause();
    if (host.cancelled()) return undefined;
    const outcome = await runInSlices(history, budget, counting, (_line, step) => {
      if (series.wants(step)) series.record(history.state);
    });
    if (outcome === "cancelled") return undefined;
    if (history.position !== history.reached) history.seek(history.reached);
    series.record(history.state);
    // The problems are those up to where the history stands, and readers may move it in the pause.
    const problems = [...history.problems];
    await counting.pause();
    if (host.cancelled()) return undefined;
    const lineSteps = new LineSteps(program.lines.length, history);
    const work = { lines: script.parsedLines - parsed, steps: history.executed - executed, pauses };
    return { program, history, lineSteps, series, problems, outcome, work };
  }

  private *begin(script: ProgramDocument, options: MachineOptions): Generator<Yield, Progress, undefined> {
    const program = yield* script.parse();
    const limits = JSON.stringify(options.limits);
    const before = this.progress;
    if (before?.limits === limits && (yield* before.history.continueWith(program))) {
      const { history, series } = before;
      return { history, limits, series: series.upTo(history.reached) };
    }
    const history = new History(program, options);
    const series = new SeriesRecorder();
    series.record(history.state);
    return { history, limits, series };
  }
}
