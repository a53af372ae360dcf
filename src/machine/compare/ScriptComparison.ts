import type { HeapPolicy } from "../../engine/heap/policies";
import { stepsPerYield, type Work } from "../../language/coroutines";
import { statementAt } from "../../language/parsing/statementsByLine";
import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../run/options";
import { pagingCurves } from "../curves/pagingCurves";
import { Machine } from "../run/Machine";
import type { StepRecord } from "../records/records";
import { heapOverrides } from "./heapOverrides";
import { DifferenceFinder, type Parting } from "./DifferenceFinder";
import { Measures } from "./Measures";
import { noValue, refused, ResultLog } from "./ResultLog";
import { comparisonOf, type Comparison, type Difference, type PolicyRow } from "./rows";

interface PolicyRun {
  readonly policy: HeapPolicy;
  readonly machine: Machine;
  readonly measures: Measures;
  /** Null for the base run. */
  readonly finder: DifferenceFinder | null;
  parting: Parting | null;
  milliseconds: number;
}

/**
 * Runs a script once under each policy, one after the other, so that one machine's memory is needed at a time. Of the
 * base run 20 bytes a step are kept: 20 MB for as many steps as the default limit allows.
 */
export class ScriptComparison {
  private readonly rows: PolicyRow[] = [];
  private readonly differences: (Difference | null)[] = [];
  private readonly base = new ResultLog();
  private readonly outcomes = [""];
  private readonly outcomeNumbers = new Map<string, number>([["", 0]]);
  /** Pages that the base run referenced. */
  private references: readonly number[] = [];

  /** `now` gives milliseconds of a steady clock; `options` are those of every run, under which the policy changes. */
  constructor(
    private readonly program: Program,
    private readonly policies: readonly HeapPolicy[],
    private readonly options: MachineOptions,
    private readonly now: () => number,
  ) {}

  /** Compares the policies, once. */
  *run(): Work<Comparison> {
    for (const policy of this.policies) yield* this.runPolicy(this.open(policy));
    const pages = Float64Array.from(this.references.filter((page) => page >= 0));
    return comparisonOf(this.rows, this.differences, pages.length === 0 ? null : pagingCurves(pages));
  }

  private open(policy: HeapPolicy): PolicyRun {
    const overrides = heapOverrides(this.options.overrides, policy);
    const isBase = this.rows.length === 0;
    const machine = new Machine(this.program, { ...this.options, overrides });
    if (isBase) machine.noteReferences();
    return {
      policy,
      machine,
      measures: new Measures(),
      finder: isBase ? null : new DifferenceFinder(this.base, (outcome) => this.outcomes[outcome]),
      parting: null,
      milliseconds: 0,
    };
  }

  /** The time of the run leaves out what happens in its yields. */
  private *runPolicy(run: PolicyRun): Work<void> {
    let start = this.now();
    for (let record = run.machine.step(); record !== undefined; record = run.machine.step()) {
      this.note(run, record);
      if (record.step % stepsPerYield !== 0) continue;
      run.milliseconds += this.now() - start;
      yield this.rows.length / this.policies.length;
      start = this.now();
    }
    run.milliseconds += this.now() - start;
    this.end(run);
  }

  private note(run: PolicyRun, record: StepRecord): void {
    const { machine, measures, finder } = run;
    for (const { kind } of record.events) {
      if (kind === "split") measures.splits++;
      else if (kind === "coalesce") measures.coalesces++;
    }
    const { value, line } = record;
    let result = noValue;
    if (value?.kind === "allocation") {
      result = value.address ?? refused;
      if (value.address === null) measures.failures++;
      else this.noteServed(machine, measures, value.address, value.size);
    }
    const outcome = this.outcomeOf(record);
    if (finder === null) this.base.push(result, line, outcome);
    else run.parting ??= finder.note(result, line, outcome);
  }

  private noteServed(machine: Machine, measures: Measures, address: number, size: number): void {
    const region = machine.state.regionAt(address);
    const { heaps } = machine.state;
    const heap = region === undefined ? undefined : heaps.get(region.options.name);
    if (heap !== undefined) measures.noteServed(address, size, heap, heaps.values());
  }

  /** The kinds of problems of a step as a number. Leaks are left out: they follow from what was allocated before. */
  private outcomeOf({ problems }: StepRecord): number {
    if (problems.length === 0) return 0;
    const ids = problems.map(({ id }) => id).filter((id) => id !== "leak");
    const text = [...new Set(ids)].join(", ");
    let number = this.outcomeNumbers.get(text);
    if (number === undefined) {
      number = this.outcomes.push(text) - 1;
      this.outcomeNumbers.set(text, number);
    }
    return number;
  }

  private end(run: PolicyRun): void {
    const { policy, machine, measures, finder, milliseconds } = run;
    if (finder === null) this.references = machine.noted;
    const parting = run.parting ?? finder?.finish() ?? null;
    const { heaps, vm } = machine.state;
    const errors = machine.problems.filter(({ severity }) => severity === "error").length;
    this.rows.push(
      measures.row(policy, [...heaps.values()], { faults: vm?.stats().faults ?? 0, errors, milliseconds }),
    );
    this.differences.push(parting && { policy, base: this.policies[0], text: this.textOf(parting.line), ...parting });
  }

  private textOf(line: number): string {
    return statementAt(this.program, line)?.text ?? "";
  }
}
