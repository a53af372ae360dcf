import type { ProgramDocument } from "../language/ProgramDocument";
import type { Program } from "../language/syntax";
import type { MachineOptions } from "../machine/contract";
import { History } from "../machine/History";
import type { Problem } from "../machine/records";
import { SeriesRecorder } from "../inspector/series";
import { LineSteps } from "./lineSteps";
import { inSlices, runInSlices, type RunBudget, type RunOutcome, type SliceHost } from "./runSlices";

/** What running one version of a script came to. */
export interface RunResult {
  readonly program: Program;
  readonly history: History;
  readonly lineSteps: LineSteps;
  readonly series: SeriesRecorder;
  /** Problems of parsing and of every step that ran. */
  readonly problems: readonly Problem[];
  readonly outcome: Exclude<RunOutcome, "cancelled">;
}

interface Progress {
  readonly history: History;
  readonly limits: string;
  lineSteps: LineSteps;
  series: SeriesRecorder;
}

/**
 * Runs the versions of one script one after another, in slices. Each goes on from where the machine was before the first
 * line that is another one now; what is shown is always the result of running the lines as they are.
 */
export class EditedRun {
  private progress: Progress | null = null;

  /** Whether the history is that of a result given out before, and not one of a later version already. */
  isAt({ program, history }: RunResult): boolean {
    return this.progress?.history === history && history.program === program;
  }

  /** Runs the script as it is now; undefined when that was cancelled. One update at a time: cancel the one before. */
  async update(
    script: ProgramDocument,
    options: MachineOptions,
    budget: RunBudget,
    host: SliceHost,
  ): Promise<RunResult | undefined> {
    const program = await inSlices(script.parse(), budget.sliceMilliseconds, host);
    if (program === undefined) return undefined;
    const { history, lineSteps, series } = (this.progress = this.begin(program, options));
    const outcome = await runInSlices(history, budget, host, (line, step) => {
      lineSteps.record(line, step);
      if (series.wants(step)) series.record(history.state);
    });
    if (outcome === "cancelled") return undefined;
    if (history.position !== history.reached) history.seek(history.reached);
    series.record(history.state);
    return { program, history, lineSteps, series, problems: [...history.problems], outcome };
  }

  private begin(program: Program, options: MachineOptions): Progress {
    const limits = JSON.stringify(options.limits);
    const before = this.progress;
    if (before?.limits === limits && before.history.continueWith(program)) {
      const { history, lineSteps, series } = before;
      const { reached } = history;
      return {
        history,
        limits,
        lineSteps: lineSteps.upTo(reached, program.lines.length),
        series: series.upTo(reached),
      };
    }
    const history = new History(program, options);
    const series = new SeriesRecorder();
    series.record(history.state);
    return { history, limits, lineSteps: new LineSteps(program.lines.length), series };
  }
}
