import { callSiteOf } from "../../language/callSite";
import { parseLine } from "../../language/parsing/statements";
import type { PlacedStatement, Program, Span, Statement } from "../../language/parsing/syntax";
import { runToEnd, type Work } from "../../language/coroutines";
import { defaultMachineOptions, type MachineOptions } from "./options";
import type { MachineSnapshot, SavedMachine } from "./machineSnapshot";
import { MachineState } from "./MachineState";
import { Control } from "./Control";
import { expectationOf, markExpected, reportMissing, type Expectation } from "./expectations";
import { lookAhead } from "./lookAhead";
import { reportLeaks } from "../leaks/report";
import { readOverrides } from "./overrides";
import { ProblemLog } from "./ProblemLog";
import { reportStaleUses } from "../access/staleUses";
import { reportFailedTouches } from "../state/processHeaps";
import { problemsOfParsing } from "../problems/ofParsing";
import { recordOf } from "../records/recordOf";
import type { StepRecord } from "../records/records";
import type { Problem } from "../problems/Problem";
import { World } from "../state/World";
import { say } from "../../language/phrases";
import { Step, type OptionOverrides } from "../step/Step";
import { executors } from "../verbs/executors";

/** A statement that has been executed, and what it raised. */
interface Execution {
  readonly step: Step;
  readonly problems: Problem[];
  /** Whether it is an `expect problem` line, which the next one answers. */
  readonly isAnnouncement: boolean;
}

/** Runs a program one line at a time. Deterministic; knows no clock. */
export class Machine {
  readonly state: MachineState;
  /** Whether the last step raised problems, announced ones too. */
  hasRaised = false;
  /** Lines executed so far, those that were executed again on the way to another place in time too. */
  executed = 0;
  private readonly world: World;
  private readonly control: Control;
  private readonly log: ProblemLog;
  private readonly overrides: OptionOverrides;
  private expectations: Expectation[] = [];
  private references: readonly number[] | null = null;
  private hasLookedAhead = false;

  constructor(
    program: Program,
    private readonly options: MachineOptions = defaultMachineOptions,
  ) {
    this.world = new World(
      (line) => this.spanOfLine(line),
      (line) => callSiteOf(this.program.lines[line] ?? ""),
    );
    this.state = new MachineState(this.world);
    this.control = new Control(program, this.world);
    this.log = new ProblemLog(options.limits.problems, problemsOfParsing(program));
    this.overrides = readOverrides(options.overrides);
    this.world.lookAhead = () => {
      this.hasLookedAhead = true;
      return (this.references ??= lookAhead(this.forLookingAhead()));
    };
    const raised: Problem[] = [];
    this.advance(raised);
    for (const problem of raised) this.log.add(problem);
    this.performEdits();
  }

  get program(): Program {
    return this.control.program;
  }

  /** How many instructions from the first on have had a say in what happened so far; all of them once a policy looked ahead. */
  get seen(): number {
    return this.hasLookedAhead ? Number.POSITIVE_INFINITY : this.control.seen;
  }

  /** Problems of parsing and of all steps so far; after the last step also the leaks. */
  get problems(): readonly Problem[] {
    return this.log.kept;
  }

  /** All problems so far, those beyond the limit too. */
  get problemCount(): number {
    return this.log.found;
  }

  /** Steps and empty rounds so far: what the limit counts. */
  get spent(): number {
    return this.control.spent;
  }

  /** The statement that {@link step} will execute, or undefined at the end. */
  get next(): Statement | undefined {
    return this.control.next;
  }

  /** The line of {@link next}; null at the end. */
  get nextLine(): number | null {
    return this.finished ? null : this.control.line;
  }

  get finished(): boolean {
    return this.control.next === undefined;
  }

  /** Whether the next step may be the last one, which looks for leaks: that takes long where many blocks are live. */
  get mayEnd(): boolean {
    return this.control.mayEnd;
  }

  /** Executes one line; undefined when the program is over. The end-of-run checks belong to the last step's record. */
  step(): StepRecord | undefined {
    const execution = this.execute(false);
    if (execution === undefined) return undefined;
    if (this.hasEnded) runToEnd(this.findLeaks(execution));
    const record = recordOf(execution.step, this.conclude(execution));
    this.performEdits();
    return record;
  }

  /** Executes one line as {@link step} does, without a record of it; false when the program is over. */
  stepQuietly(): boolean {
    const execution = this.execute(true);
    if (execution === undefined) return false;
    if (this.hasEnded) runToEnd(this.findLeaks(execution));
    this.conclude(execution);
    this.performEdits();
    return true;
  }

  /** The same with yields. When the machine is moved in one of them, the step has to be given up. */
  *stepYielding(): Work<boolean> {
    const execution = this.execute(true);
    if (execution === undefined) return false;
    if (this.hasEnded) yield* this.findLeaks(execution);
    this.conclude(execution);
    this.performEdits();
    return true;
  }

  /**
   * Performs a statement between two steps: it changes memory as a line of the program would, and its problems count,
   * but it is no step; its problems stand on `line`. A machine that is to be moved through time takes such statements as
   * its `edits` instead.
   */
  perform({ statement, line }: PlacedStatement): StepRecord {
    this.world.log.clear();
    this.world.cacheTrip = null;
    const step = this.stepOf(statement, line);
    executors.get(statement.verb)?.(step);
    reportFailedTouches(step);
    reportStaleUses(step);
    this.checkResidentBytes(step);
    for (const problem of step.problems) this.log.add(problem);
    return recordOf(step, step.problems);
  }

  /** Executes up to so many lines and returns how many it were; hosts call it in slices and stay responsive. */
  run(maximum: number, onStep?: (record: StepRecord) => void): number {
    for (let count = 0; count < maximum; count++) {
      const record = this.step();
      if (record === undefined) return count;
      onStep?.(record);
    }
    return maximum;
  }

  /** Has the pages noted that are referenced from here on; to be said before the first step. */
  noteReferences(): void {
    this.world.references = [];
  }

  /** The pages referenced so far, when this machine notes them; -1 for a reference that leads to no page. */
  get noted(): readonly number[] {
    return this.world.references ?? [];
  }

  /** Sentences, one for each broken invariant of the engines; empty when all hold. */
  checkInvariants(): string[] {
    const { heaps, pools, vm, caches } = this.world;
    return [
      ...[...heaps.values(), ...pools.values()].flatMap((region) => region.checkInvariants()),
      ...(vm?.checkInvariants() ?? []),
      ...(caches?.checkInvariants() ?? []),
    ];
  }

  snapshot(): MachineSnapshot {
    const snapshot: SavedMachine = {
      kind: "machine",
      step: this.world.step,
      world: this.world.snapshot(),
      control: this.control.mark(),
      problems: this.log.mark(),
      expectations: [...this.expectations],
    };
    return snapshot;
  }

  /** Takes back the snapshot made or restored last, which its holder no longer uses, so that less is copied. Nothing may have happened since. */
  takeBack(): void {
    this.world.takeBack();
  }

  restore(snapshot: MachineSnapshot): void {
    const saved = snapshot as SavedMachine;
    this.world.restore(saved.world, saved.step);
    this.control.restore(saved.control);
    this.log.restore(saved.problems);
    this.expectations = [...saved.expectations];
  }

  /**
   * Goes back to a snapshot and on with another program, in which all instructions that were {@link seen} until then are
   * the same; later snapshots are void. Without a snapshot it goes on from here.
   */
  continueWith(program: Program, snapshot: MachineSnapshot | null): void {
    if (snapshot !== null) {
      this.restore(snapshot);
      this.references = null;
      this.hasLookedAhead = false;
    }
    this.control.program = program;
    this.log.exchangeParsing(problemsOfParsing(program));
  }

  /** A machine of its own that runs the same program and notes its references; no policy decides what those are. */
  private forLookingAhead(): Machine {
    const { overrides, limits } = this.options;
    const machine = new Machine(this.program, { limits, overrides: new Map(overrides).set("vm.replacement", "fifo") });
    machine.noteReferences();
    return machine;
  }

  private performEdits(): void {
    const { edits } = this.options;
    if (edits === undefined) return;
    for (const edit of edits) if (edit.position === this.world.step) this.perform(edit);
  }

  /** Executes the next statement; undefined when the program is over. */
  private execute(isQuiet: boolean): Execution | undefined {
    const { world } = this;
    const statement = this.control.next;
    if (statement === undefined) return undefined;
    this.executed++;
    world.step++;
    world.log.clear();
    world.cacheTrip = null;
    const { line } = this.control;
    const step = this.stepOf(statement, line, isQuiet);
    const announced = expectationOf(step);
    executors.get(statement.verb)?.(step);
    reportFailedTouches(step);
    reportStaleUses(step);
    if (announced !== null) step.tell(() => say("The next line must raise `{0}`.", announced.id));
    this.checkResidentBytes(step);
    if (step.isStopped) this.control.stop();
    this.control.leaveStatement();
    const problems = [...step.problems];
    this.advance(problems);
    if (announced !== null) this.expectations.push(announced);
    return { step, problems, isAnnouncement: announced !== null };
  }

  /** Whether the program is over, and no limit ended it. */
  private get hasEnded(): boolean {
    return this.finished && !this.control.isCut;
  }

  /** At the end of the program: adds what is live still, as far as it can be kept. */
  private *findLeaks({ step, problems }: Execution): Work<void> {
    const end = this.stepOf(step.statement, step.line);
    const omitted = yield* reportLeaks(end, this.log.room);
    for (const problem of end.problems) problems.push(problem);
    if (!this.expectations.some(({ id }) => id === "leak")) this.log.skip(omitted);
  }

  /** Logs the problems of a step and returns them, judged by what was announced. */
  private conclude({ step, problems, isAnnouncement }: Execution): readonly Problem[] {
    const judged = this.judge(step, problems, isAnnouncement);
    for (const problem of judged) if (problem.expected !== true) this.log.add(problem);
    this.hasRaised = judged.length > 0;
    return judged;
  }

  private stepOf(statement: Statement, line: number, isQuiet = false): Step {
    return new Step(this.world, statement, line, this.options.limits, this.overrides, isQuiet);
  }

  private advance(into: Problem[]): void {
    this.control.advance(this.options.limits.steps, (statement, line) => {
      const step = this.stepOf(statement, line);
      step.problems = into;
      return step;
    });
  }

  /** Settles the waiting `expect problem` lines, unless the step was one itself and the run goes on. */
  private judge({ statement, line }: Step, problems: Problem[], isAnnouncement: boolean): Problem[] {
    if (this.expectations.length === 0 || (isAnnouncement && !this.finished)) return problems;
    const { expectations } = this;
    this.expectations = [];
    const step = this.stepOf(statement, line);
    reportMissing(step, problems, expectations);
    return [...markExpected(problems, expectations), ...step.problems];
  }

  private checkResidentBytes(step: Step): void {
    const { residentMemory } = this.options.limits;
    if (step.isStopped || this.world.residentBytes() <= residentMemory) return;
    step.exceed("residentMemory", { kind: "touched" });
  }

  private spanOfLine(line: number): Span | undefined {
    const parsed = parseLine(this.program.lines[line] ?? "");
    return parsed.kind === "statement" ? parsed.statement.span : undefined;
  }
}
