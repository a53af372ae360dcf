import type { Expression, Operand, OptionNode, Span, Statement } from "../../language/parsing/syntax";
import { type MachineLimits, limitSettings } from "../run/limits";
import { evaluate, handleName } from "./evaluate";
import type { LeakKind } from "../leaks/kinds";
import { catalogue, type ProblemId } from "../problems/catalogue";
import { bytes } from "../problems/wording";
import type { Problem, RelatedLine, StepValue } from "../records/records";
import type { Value } from "../state/HandleTable";
import type { World } from "../state/World";

/** A problem as a verb words it; the rest comes from the catalogue and the statement. */
export interface Report {
  readonly message: string;
  readonly related?: readonly RelatedLine[];
  /** Columns, the whole statement when left out. */
  readonly span?: Span;
  /** Another line than the statement's: leaks stand at the allocating line. */
  readonly line?: number;
  readonly leak?: LeakKind;
  readonly leaked?: readonly number[];
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
  story = "";
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

  /** Tells what the step did; for stories that cost something to word. */
  tell(story: () => string): void {
    if (!this.isQuiet) this.story = story();
  }

  /** This step with the overrides of another verb and no options of its own: for the heap that `alloc` makes. */
  forVerb(verb: string): Step {
    const statement = { ...this.statement, verb, options: {} };
    const other = new Step(this.world, statement, this.line, this.limits, this.overrides, this.isQuiet);
    other.problems = this.problems;
    return other;
  }

  raise(id: ProblemId, report: Report): void {
    const { severity, advice } = catalogue[id];
    const { span } = this.statement;
    this.problems.push({
      id,
      severity,
      line: report.line ?? this.line,
      column: (report.span ?? span).start,
      endColumn: (report.span ?? span).end,
      message: report.message,
      advice,
      related: report.related ?? [],
      step: this.world.step,
      ...(report.leak === undefined ? {} : { leak: report.leak }),
      ...(report.leaked === undefined ? {} : { leaked: report.leaked }),
    });
  }

  /** Reports that a budget is used up, and ends the run. */
  exceed(limit: keyof MachineLimits, what: string): void {
    const unit = limit === "memory" || limit === "residentMemory" ? bytes(this.limits[limit]) : `${this.limits[limit]}`;
    const message = `${what}; the limit is ${unit}, and the run stops here. The setting \`${limitSettings[limit]}\` raises it.`;
    this.raise("limit-exceeded", { message });
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
    this.raise(result.error.id, { message: result.error.message, span: result.error.span });
    return null;
  }

  /** The value of an operand that the statement must have; null when it has none, which is reported. */
  pointer(name: string): Value | null {
    const operand = this.operand(name);
    if (operand?.kind === "expression") return this.evaluate(operand.expression);
    this.raise("bad-operand", { message: `\`${this.statement.verb}\` needs a value for its ${name}.` });
    return null;
  }

  number(name: string): number | null {
    return this.pointer(name)?.value ?? null;
  }

  /** A whole number from `least` on, of an operand or option; null when it is something else, which is reported. */
  whole(operand: Operand | undefined, what: string, least: number, id: ProblemId = "bad-operand"): number | null {
    if (operand?.kind !== "expression") {
      this.raise("bad-operand", { message: `${what} must be a number.` });
      return null;
    }
    const value = this.evaluate(operand.expression);
    if (value === null) return null;
    return this.isWhole(value.value, what, least, operand.span, id) ? value.value : null;
  }

  isWhole(value: number, what: string, least: number, span: Span, id: ProblemId = "bad-operand"): boolean {
    if (Number.isSafeInteger(value) && value >= least) return true;
    const range = least === 0 ? "0 or more" : `${least} or more`;
    const isNegative = id === "invalid-size" && Number.isSafeInteger(value) && value < 0;
    const inC = isNegative ? `, which C's size_t would turn into ${BigInt.asUintN(64, BigInt(value))}` : "";
    this.raise(id, { message: `${what} is ${value}${inC}; it must be a whole number, ${range}, below 2^53.`, span });
    return false;
  }

  /** An option that is a whole number; undefined when it is absent, null when it is wrong. */
  wholeOption(name: string, least: number): number | null | undefined {
    const operand = this.option(name);
    return operand === undefined ? undefined : this.whole(operand, `\`${name}=\``, least);
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
    this.raise(key.error.id, { message: key.error.message, span: key.error.span });
    return null;
  }
}
