import { stepsPerYield, type Work } from "../../language/coroutines";
import { englishWords } from "../../language/Words";
import type { Program, Statement } from "../../language/parsing/syntax";
import { storyText } from "../../machine/stories/storyText";
import type { Edit } from "../../machine/run/options";
import { History } from "../../machine/run/History";
import { leakSummaryText } from "../../machine/leaks/kinds";
import { messageOf, type Problem } from "../../machine/problems/Problem";
import type { StepRecord } from "../../machine/records/records";
import { branchAt } from "../evaluation/branch";
import type { Breakpoints } from "../breakpoints/breakpoints";
import { endSummary, problemOutputs, stepOutput, type OutputBody } from "../evaluation/console";
import type { DataBreakpoints } from "../breakpoints/dataBreakpoints";
import { compileExpression } from "../evaluation/evaluate";
import type { ExceptionFilters } from "../breakpoints/exceptionFilters";
import { ExecutableLines } from "../breakpoints/executableLines";
import { failures } from "../protocol/failures";
import { plural } from "../protocol/format";
import { openHistory, type RunSettings } from "./openHistory";
import type { DebugHost, SourceText } from "../protocol/protocol";
import { RunControl } from "./runControl";
import { stopAt, type Stop } from "./stop";

/** What can stop a script. */
export interface Stoppers {
  readonly breakpoints: Breakpoints;
  readonly dataBreakpoints: DataBreakpoints;
  readonly filters: ExceptionFilters;
}

/** One script being run: its history, where it stands and why, and what it has printed so far. */
export class Script {
  readonly program: Program;
  readonly lines: ExecutableLines;
  /** Replaced by each edit, because a different run follows. */
  control: RunControl;
  /** Whether an edit is under way: the script stands still and must not be moved. */
  isBusy = false;
  private edits: readonly Edit[] = [];
  /** Why the run stands where it does; null before the start and while running. */
  stop: Stop | null = null;
  /** Steps whose output and problems were printed: going back and forth prints nothing twice. */
  private printedSteps = -1;
  private isSummaryPrinted = false;
  private printedProblems = 0;

  constructor(
    readonly source: SourceText,
    readonly settings: RunSettings,
    private readonly host: DebugHost,
    private readonly stoppers: Stoppers,
    private readonly print: (output: OutputBody) => void,
    private readonly lineToClient: (line: number) => number,
    /** A run without debugging stops nowhere before its end. */
    private readonly isStopless: boolean,
  ) {
    const { history, program } = openHistory(source.text, settings);
    this.program = program;
    this.lines = new ExecutableLines(program);
    this.control = this.controlOf(history);
  }

  get history(): History {
    return this.control.history;
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

  /** Prints what is in use where the script stands, unless its end has printed it. */
  printLeaks(): void {
    if (this.history.finished) return;
    const lines = leakSummaryText(this.history.state.leaks());
    const where = `The script is stopped after ${plural(this.history.position, "step")}.`;
    this.print({ category: "console", output: `${[where, ...lines].join("\n")}\n` });
  }

  /** One step ahead; the stop says whether it met a problem, a breakpoint's line or the end. */
  stepForward(): Stop {
    const record = this.history.stepForward();
    if (record !== undefined) this.printStep(record);
    const problem = record === undefined ? undefined : this.findException(record.problems);
    if (problem !== undefined) return stopAt("exception", { problem });
    return stopAt(this.history.finished ? "end" : "step");
  }

  /** One step back, or to "entry" when there is none. */
  stepBack(): Stop {
    const moved = this.history.stepBack();
    const atStart = !moved || this.history.position === 0;
    return stopAt(atStart ? "entry" : "step");
  }

  seek(position: number): Stop {
    this.history.seek(position);
    const late = this.history.problems.filter((problem) => this.printedSteps < problem.step);
    for (const problem of late) this.printProblem(problem);
    this.printedSteps = Math.max(this.printedSteps, this.history.position);
    return stopAt(this.history.finished ? "end" : "goto");
  }

  /** Whether a breakpoint may stop a run where this line executes next: one on data may do so anywhere. */
  private mayStopAt(line: number | null): boolean {
    if (!this.stoppers.dataBreakpoints.isEmpty) return true;
    const next = line === null ? undefined : this.lines.statementAt(line);
    return next !== undefined && line !== null && this.stoppers.breakpoints.mayStopBefore(next, line);
  }

  /** Runs to the next arrival at a line, or back to the last one when there is none ahead; undefined when cancelled. */
  async jumpTo(line: number): Promise<Stop | undefined> {
    const { history, control } = this;
    const start = history.position;
    const atLine = (): Stop | undefined =>
      history.nextLine === line && history.position !== start ? stopAt("goto") : undefined;
    const ahead = await control.forward(atLine);
    if (ahead === undefined || ahead.reason === "goto") return ahead;
    const earlier = history.lastBefore(start, 0, (next) => next === line);
    history.seek(earlier === -1 ? start : earlier);
    if (earlier !== -1) return stopAt("goto");
    return stopAt("goto", { text: "The line is not executed at any other time." });
  }

  /** What a statement would do here, executed on a copy. */
  *attempt(statement: Statement): Work<StepRecord> {
    const options = { ...this.settings, edits: this.edits };
    const copy = yield* branchAt(this.program, options, this.history.position);
    return copy.perform({ line: this.currentLine, statement });
  }

  /**
   * Changes memory or a handle at the present position, as the statement does. The edit belongs to the position: going
   * back past it undoes it, and coming again repeats it. Later edits are discarded, because a different run follows.
   * Throws why the statement changes nothing.
   */
  *edit(statement: Statement): Work<StepRecord> {
    this.isBusy = true;
    try {
      return yield* this.editAt(this.history.position, statement);
    } finally {
      this.isBusy = false;
    }
  }

  private *editAt(position: number, statement: Statement): Work<StepRecord> {
    const line = this.currentLine;
    const record = yield* this.attempt(statement);
    const hasChanged = statement.verb === "let" ? record.ok : record.events.some(({ kind }) => kind === "write");
    if (!hasChanged) {
      const problem = record.problems.at(0);
      throw failures.cannotEdit(
        problem === undefined ? "Nothing would change." : messageOf(problem, this.host.words ?? englishWords),
      );
    }
    const edits = [...this.edits.filter((edit) => edit.position <= position), { position, line, statement }];
    const history = new History(this.program, { ...this.settings, edits });
    while (history.position < position && history.stepQuietly()) {
      if (history.position % stepsPerYield === 0) yield;
    }
    this.edits = edits;
    this.control = this.controlOf(history);
    this.printedSteps = Math.min(this.printedSteps, position);
    this.isSummaryPrinted = false;
    this.print({
      category: "console",
      output: `Edit after step ${position}: ${storyText(record, this.host.words ?? englishWords)}\n`,
    });
    for (const problem of record.problems) this.printProblem(problem);
    return record;
  }

  /** Why a run should stop at the current position: what the step before it raised or accessed, or the next line. */
  stopHere(isForward: boolean): Stop | undefined {
    if (this.isStopless) return undefined;
    const { breakpoints, dataBreakpoints } = this.stoppers;
    const { record, next, nextLine, state } = this.history;
    const problem = record === undefined ? undefined : this.findException(record.problems);
    if (problem !== undefined) return stopAt("exception", { problem });
    const hit = record === undefined || dataBreakpoints.isEmpty ? undefined : dataBreakpoints.hit(record, state);
    if (hit !== undefined) {
      return stopAt("data breakpoint", { breakpointIds: hit.ids, text: hit.text });
    }
    if (next === undefined || nextLine === null || breakpoints.isEmpty) return undefined;
    const arrival = breakpoints.arrive(state, next, nextLine);
    if (arrival === undefined) return undefined;
    if (isForward) {
      for (const log of arrival.logs) {
        this.print({ category: "console", output: `${log}\n`, line: this.lineToClient(nextLine) });
      }
    }
    if (arrival.ids.length === 0) return undefined;
    return stopAt(arrival.kind, { breakpointIds: arrival.ids });
  }

  /** The 0-based line at which the only frame stands: the problem's, the next one to execute, or the last one. */
  get currentLine(): number {
    const { nextLine, record } = this.history;
    if (this.stop?.problem) return this.stop.problem.line;
    if (this.stop?.event !== undefined) return this.stop.event.line;
    return nextLine ?? record?.line ?? this.lines.first ?? 0;
  }

  private controlOf(history: History): RunControl {
    return new RunControl(history, this.host, {
      stopHere: (isForward) => this.stopHere(isForward),
      mayStop: (line, hasRaised) => !this.isStopless && (hasRaised || this.mayStopAt(line)),
      onStep: (record) => this.printStep(record),
    });
  }

  private findException(problems: readonly Problem[]): Problem | undefined {
    if (problems.length === 0) return undefined;
    return this.stoppers.filters.find(problems, (condition) => {
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
    if (this.printedProblems <= problems) {
      for (const output of problemOutputs(problem, this.lineToClient, this.host.words ?? englishWords))
        this.print(output);
    } else if (this.printedProblems === problems + 1) {
      this.print({ category: "console", output: `More than ${problems} problems: the others are not printed.\n` });
    }
  }
}
