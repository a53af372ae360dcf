import type { ProgramDocument } from "../../language/parsing/ProgramDocument";
import type { Program } from "../../language/parsing/syntax";
import { drive, takesLong, type Work, type WorkHost } from "../../language/coroutines";
import type { MachineOptions } from "../../machine/run/options";
import { History } from "../../machine/run/History";
import type { Problem } from "../../machine/problems/Problem";
import { SeriesRecorder } from "../../inspector/series";
import { LineSteps } from "./lineSteps";
import { runHistory, type RunOutcome } from "./runHistory";
import { Stopwatch } from "./Stopwatch";

export interface RunBudget {
  readonly steps: number;
  /** Time of execution, without pauses. */
  readonly milliseconds: number;
}

/** The run of one version of a script. */
export interface IncrementalResult {
  readonly program: Program;
  readonly history: History;
  readonly lineSteps: LineSteps;
  readonly series: SeriesRecorder;
  /** Problems of parsing and of every step that ran. */
  readonly problems: readonly Problem[];
  readonly outcome: RunOutcome;
  readonly work: RunWork;
}

/** The cost of a version of a script in counts, since time depends on the computer. */
export interface RunWork {
  /** Lines parsed. */
  readonly lines: number;
  /** Steps executed; fewer than the run has when it continued an earlier one. */
  readonly steps: number;
  /** Pauses for other work of the host. */
  readonly pauses: number;
}

interface Progress {
  readonly history: History;
  readonly limits: string;
  readonly series: SeriesRecorder;
}

/**
 * Runs the versions of one script one after another. Each continues the run of the version before, from the
 * position before the first changed line; the result is that of running the whole version.
 */
export class IncrementalRun {
  private progress: Progress | null = null;
  /** Ends with the latest update, however that ends. */
  private latest: Promise<unknown> = Promise.resolve();

  /** Runs the present version once the update before is over, which a caller cancels first; undefined when cancelled. */
  update(
    script: ProgramDocument,
    options: MachineOptions,
    budget: RunBudget,
    host: WorkHost,
  ): Promise<IncrementalResult | undefined> {
    const update = this.latest.then(() => {
      if (host.cancelled()) return undefined;
      const stopwatch = new Stopwatch(host);
      return drive(this.run(script, options, budget, stopwatch), stopwatch);
    });
    this.latest = update.catch(() => undefined);
    return update;
  }

  private *run(
    script: ProgramDocument,
    options: MachineOptions,
    budget: RunBudget,
    stopwatch: Stopwatch,
  ): Work<IncrementalResult> {
    const parsed = script.parsedLines;
    const { history, series } = (this.progress = yield* this.begin(script, options));
    const { program, executed } = history;
    yield takesLong;
    const end = stopwatch.milliseconds + budget.milliseconds;
    const limits = { steps: budget.steps, isTimeUp: () => end <= stopwatch.milliseconds };
    const outcome = yield* runHistory(history, limits, {
      onStep: (step) => {
        if (series.wants(step)) series.record(history.state);
      },
    });
    if (history.position !== history.reached) history.seek(history.reached);
    series.record(history.state);
    // The problems are those up to the history's position, and readers may move it in the yield.
    const problems = [...history.problems];
    yield takesLong;
    const lineSteps = new LineSteps(program.lines.length, history);
    const { pauses } = stopwatch;
    const work = { lines: script.parsedLines - parsed, steps: history.executed - executed, pauses };
    return { program, history, lineSteps, series, problems, outcome, work };
  }

  private *begin(script: ProgramDocument, options: MachineOptions): Work<Progress> {
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
