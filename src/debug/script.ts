import type { Program } from "../language/syntax";
import type { HistoryContract } from "../machine/contract";
import type { Problem, StepRecord } from "../machine/records";
import type { Breakpoints } from "./breakpoints";
import { endSummary, problemOutput, stepOutput, type OutputBody } from "./console";
import { compileExpression } from "./evaluate";
import type { ExceptionFilters } from "./exceptionFilters";
import { ExecutableLines } from "./executableLines";
import { openHistory, type RunSettings } from "./openHistory";
import type { DebugHost, SourceText } from "./protocol";
import { RunControl, type Stop } from "./runControl";

/** One script being run: its history, where it stands and why, and what it has printed so far. */
export class Script {
  readonly history: HistoryContract;
  readonly program: Program;
  readonly lines: ExecutableLines;
  readonly control: RunControl;
  /** Why the run stands where it does; null before the start and while running. */
  stop: Stop | null = null;
  /** Steps whose output and problems were printed: going back and forth prints nothing twice. */
  private printedSteps = -1;
  private isSummaryPrinted = false;
  private printedProblems = 0;

  constructor(
    readonly source: SourceText,
    readonly settings: RunSettings,
    host: DebugHost,
    private readonly breakpoints: Breakpoints,
    private readonly filters: ExceptionFilters,
    private readonly print: (output: OutputBody) => void,
    private readonly lineToClient: (line: number) => number,
    /** A run without debugging stops nowhere before its end. */
    private readonly isStopless: boolean,
  ) {
    const { history, program } = openHistory(source.text, settings);
    this.history = history;
    this.program = program;
    this.lines = new ExecutableLines(program);
    this.control = new RunControl(history, host, {
      stopHere: (isForward) => this.stopHere(isForward),
      mayStop: (line, hasRaised) => !isStopless && (hasRaised || this.mayStopAt(line)),
      onStep: (record) => this.printStep(record),
    });
  }

  /** Prints what parsing found. */
  printStart(): void {
    for (const problem of this.history.problems.filter((candidate) => candidate.step === 0)) this.printProblem(problem);
    this.printedSteps = Math.max(this.printedSteps, 0);
  }

  printEnd(): void {
    if (this.isSummaryPrinted) return;
    this.isSummaryPrinted = true;
    const { history } = this;
    this.print({ category: "console", output: endSummary(history.position, history.problems, history.state) });
  }

  /** One step ahead; the stop says whether it met a problem, a breakpoint's line or the end. */
  stepForward(): Stop {
    const record = this.history.stepForward();
    if (record !== undefined) this.printStep(record);
    const problem = record === undefined ? undefined : this.findException(record.problems);
    if (problem !== undefined) return { reason: "exception", problem, breakpointIds: [] };
    return { reason: this.history.finished ? "end" : "step", problem: null, breakpointIds: [] };
  }

  /** One step back, or to "entry" when there is none. */
  stepBack(): Stop {
    const moved = this.history.stepBack();
    const atStart = !moved || this.history.position === 0;
    return { reason: atStart ? "entry" : "step", problem: null, breakpointIds: [] };
  }

  seek(position: number): Stop {
    this.history.seek(position);
    const late = this.history.problems.filter((problem) => this.printedSteps < problem.step);
    for (const problem of late) this.printProblem(problem);
    this.printedSteps = Math.max(this.printedSteps, this.history.position);
    return { reason: this.history.finished ? "end" : "goto", problem: null, breakpointIds: [] };
  }

  /** Whether a breakpoint may stop a run where this line executes next. */
  private mayStopAt(line: number | null): boolean {
    const next = line === null ? undefined : this.lines.statementAt(line);
    return next !== undefined && this.breakpoints.mayStopBefore(next);
  }

  /** Why a run should stop at the current position: a problem of the step before it, or a breakpoint on the next line. */
  stopHere(isForward: boolean): Stop | undefined {
    if (this.isStopless) return undefined;
    const { record, next, state } = this.history;
    const problem = record === undefined ? undefined : this.findException(record.problems);
    if (problem !== undefined) return { reason: "exception", problem, breakpointIds: [] };
    if (next === undefined || this.breakpoints.isEmpty) return undefined;
    const arrival = this.breakpoints.arrive(state, next);
    if (arrival === undefined) return undefined;
    if (isForward) {
      for (const log of arrival.logs) {
        this.print({ category: "console", output: `${log}\n`, line: this.lineToClient(next.line) });
      }
    }
    if (arrival.ids.length === 0) return undefined;
    return { reason: arrival.kind, problem: null, breakpointIds: arrival.ids };
  }

  /** The 0-based line at which the only frame stands: the problem's, the next one to execute, or the last one. */
  get currentLine(): number {
    const { next, record } = this.history;
    if (this.stop?.problem) return this.stop.problem.line;
    if (this.stop?.event !== undefined) return this.stop.event.line;
    return next?.line ?? record?.line ?? this.lines.first ?? 0;
  }

  private findException(problems: readonly Problem[]): Problem | undefined {
    if (problems.length === 0) return undefined;
    return this.filters.find(problems, (condition) => {
      const compiled = compileExpression(condition);
      if ("error" in compiled) return false;
      const result = this.history.state.evaluate(compiled.expression);
      return "value" in result && result.value !== false && result.value !== 0;
    });
  }

  private printStep(record: StepRecord): void {
    if (record.step <= this.printedSteps) return;
    this.printedSteps = record.step;
    const output = stepOutput(record);
    if (output !== undefined) {
      this.print({ category: "stdout", output: `${output}\n`, line: this.lineToClient(record.line) });
    }
    for (const problem of record.problems) this.printProblem(problem);
  }

  /** A loop may raise a problem a step: no more are printed than the run keeps. */
  private printProblem(problem: Problem): void {
    this.printedProblems += 1;
    const { problems } = this.settings.limits;
    if (this.printedProblems <= problems) this.print(problemOutput(problem, this.lineToClient));
    else if (this.printedProblems === problems + 1) {
      this.print({ category: "console", output: `More than ${problems} problems: the others are not printed.\n` });
    }
  }
}
