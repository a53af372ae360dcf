import type { Phrase } from "../../language/phrases";
import type { Expression, Operand, OptionNode, Span, Statement } from "../../language/parsing/syntax";
import type { MachineLimits } from "../run/limits";
import type { StepValue } from "../records/records";
import { evaluate, handleName, type EvaluationError } from "./evaluate";
import type { FactsOf, ProblemId } from "../problems/catalogue";
import type { Excess } from "../problems/limitExceeded";
import type { NumberName } from "../problems/numberNames";
import { problemOf, type Problem } from "../problems/Problem";
import type { Value } from "../state/HandleTable";
import type { World } from "../state/World";

/** What a number that is not whole is reported as. */
type SizeProblem = "bad-operand" | "invalid-size";

/** Where a problem stands, when it is not the whole statement. Leaks stand at the allocating line. */
interface RaisedAt {
  /** Columns. */
  readonly span?: Span | undefined;
  readonly line?: number;
}

/** `--set` options by verb and name. */
export type OptionOverrides = ReadonlyMap<string, ReadonlyMap<string, OptionNode>>;

/** Executes a statement. */
export type Executor = (step: Step) => void;
/** Executors by verb. */
export type Executors = Readonly<Record<string, Executor>>;

/** The execution of one statement: what verbs read their operands from and report to. */
export class Step {
  problems: Problem[] = [];
  value: StepValue | null = null;
  /** Empty where the verb tells nothing. */
  story: Phrase = "";
  /** Set when a limit was passed: the run stops after this step. */
  isStopped = false;
  private target: { readonly name: string | null } | null = null;

  constructor(
    readonly world: World,
    readonly statement: Statement,
    /** Where the statement stands. */
    readonly line: number,
    readonly limits: MachineLimits,
    private readonly overrides: OptionOverrides,
    /** Nobody reads this step's story or walk: it is executed again on the way to another place in time. */
    readonly isQuiet = false,
  ) {}

  /** Says what the step did. Quiet steps make no story. */
  tell(story: () => Phrase): void {
    if (!this.isQuiet) this.story = story();
  }

  /** This step with the overrides of another verb and no options of its own: for the heap that `alloc` makes. */
  forVerb(verb: string): Step {
    const statement = { ...this.statement, verb, options: {} };
    const other = new Step(this.world, statement, this.line, this.limits, this.overrides, this.isQuiet);
    other.problems = this.problems;
    return other;
  }

  raise<Id extends ProblemId>(id: Id, facts: FactsOf<Id>, at: RaisedAt = {}): void {
    const { start, end } = at.span ?? this.statement.span;
    const place = { line: at.line ?? this.line, column: start, endColumn: end, step: this.world.step };
    this.problems.push(problemOf(id, facts, place));
  }

  /** Reports that a budget is used up, and ends the run. */
  exceed(limit: keyof MachineLimits, excess: Excess): void {
    this.raise("limit-exceeded", { kind: "run", limit, most: this.limits[limit], excess });
    this.isStopped = true;
  }

  /** Line of the failed allocation whose null the statement's first handle holds, as far as it is known. */
  failedAllocationLine(): number | undefined {
    const operand = Object.values(this.statement.operands).at(0);
    let pointer = operand?.kind === "expression" ? operand.expression : undefined;
    while (pointer?.kind === "binary") pointer = pointer.left;
    if (pointer?.kind !== "name") return undefined;
    const key = handleName(this.world, pointer);
    return "name" in key ? this.world.failed.get(key.name) : undefined;
  }

  operand(name: string): Operand | undefined {
    return (this.statement.operands as Readonly<Partial<Record<string, Operand>>>)[name];
  }

  option(name: string): Operand | undefined {
    const written = (this.statement.options as Readonly<Partial<Record<string, OptionNode>>>)[name];
    return (this.overrides.get(this.statement.verb)?.get(name) ?? written)?.value;
  }

  /** Whether the option was set from outside the script. */
  isOverridden(name: string): boolean {
    return this.overrides.get(this.statement.verb)?.has(name) === true;
  }

  /** The word of an operand or option, undefined when it is absent. */
  word(operand: Operand | undefined): string | undefined {
    return operand?.kind === "word" ? operand.word : undefined;
  }

  evaluate(expression: Expression): Value | null {
    const result = evaluate(this.world, expression);
    if ("value" in result) return result.value;
    this.refuse(result.error);
    return null;
  }

  private refuse(error: EvaluationError): void {
    if (error.id === "unknown-name") this.raise(error.id, error.facts, { span: error.span });
    else this.raise(error.id, error.facts, { span: error.span });
  }

  /** The value of an operand that the statement must have; null when it has none, which is reported. */
  pointer(name: string): Value | null {
    const operand = this.operand(name);
    if (operand?.kind === "expression") return this.evaluate(operand.expression);
    this.raise("bad-operand", { kind: "no-value", verb: this.statement.verb, operand: name });
    return null;
  }

  number(name: string): number | null {
    return this.pointer(name)?.value ?? null;
  }

  /** A whole number from `least` on, of an operand or option; null when it is something else, which is reported. */
  whole(operand: Operand | undefined, what: NumberName, least: number, id: SizeProblem = "bad-operand"): number | null {
    if (operand?.kind !== "expression") {
      this.raise("bad-operand", { kind: "no-number", what });
      return null;
    }
    const value = this.evaluate(operand.expression);
    if (value === null) return null;
    return this.isWhole(value.value, what, least, operand.span, id) ? value.value : null;
  }

  isWhole(value: number, what: NumberName, least: number, span: Span, id: SizeProblem = "bad-operand"): boolean {
    if (Number.isSafeInteger(value) && value >= least) return true;
    const isNegative = id === "invalid-size" && Number.isSafeInteger(value) && value < 0;
    const inC = isNegative ? String(BigInt.asUintN(64, BigInt(value))) : null;
    this.raise(id, { kind: "not-whole", what, value, least, inC }, { span });
    return false;
  }

  /** An option that is a whole number; undefined when it is absent, null when it is wrong. */
  wholeOption(name: string, least: number): number | null | undefined {
    const operand = this.option(name);
    return operand === undefined ? undefined : this.whole(operand, { option: name }, least);
  }

  /** The key of the handle that the statement binds; null when its index is wrong, which is reported. */
  targetName(): string | null {
    this.target ??= { name: this.findTargetName() };
    return this.target.name;
  }

  private findTargetName(): string | null {
    const { target } = this.statement;
    if (target === null) return null;
    const key = handleName(this.world, target);
    if ("name" in key) return key.name;
    this.refuse(key.error);
    return null;
  }
}
