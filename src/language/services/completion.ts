import { isNamePart } from "../parsing/scanner";
import { probeLine, type Expectations } from "../parsing/statements";
import { namedBy } from "./statementNames";
import type { Span } from "../parsing/syntax";
import { vocabulary } from "../vocabulary/vocabulary";
import type { OptionDescription, SymbolKind, VerbDescription } from "../vocabulary/vocabularyTypes";

/** What may be written at a position. Names of handles and regions come from the program's symbols. */
export interface CompletionContext {
  /** The word that an accepted completion replaces. */
  readonly replace: Span;
  readonly verbs: readonly VerbDescription[];
  /** The line is empty. */
  readonly isStart: boolean;
  readonly options: readonly OptionDescription[];
  /** Choices, ids of problems and words of the syntax such as `as` or `->`. */
  readonly words: readonly string[];
  readonly handles: boolean;
  /** Variables of loops may stand here: everywhere in expressions. */
  readonly variables: boolean;
  readonly regions: boolean;
  /** What a bare name here names; null where none may stand, or a new one. */
  readonly names: SymbolKind | null;
  /** Statistics such as `used`, in conditions. */
  readonly statistics: boolean;
  /** The statement being written, and the operand or option that comes next, for signature help. */
  readonly verb: VerbDescription | null;
  readonly pattern: number;
  readonly parameter: string | null;
}

/** Looks only at the line's text left of the column. */
export function completionAt(text: string, column: number): CompletionContext {
  const before = text.slice(0, column);
  const hyphenated = describe(before, wordStart(before, true), column);
  // `best-f` is one word where a choice may stand, and a subtraction elsewhere.
  if (hyphenated.words.length > 0 || hyphenated.options.length > 0) return hyphenated;
  return describe(before, wordStart(before, false), column);
}

/** Whether words or names are chosen here, rather than a number or a new name written. */
export function isChoosing({ words, options, names, handles }: CompletionContext): boolean {
  return words.length > 0 || options.length > 0 || names !== null || handles;
}

/** What a word means that may be the value of an option. */
export interface ChoiceFacts {
  /** One line of Markdown, or null. */
  readonly doc: string | null;
  /** Whether the option is this when it is left out. */
  readonly isDefault: boolean;
}

/** Undefined for words that are no choice of the option whose value comes next. */
export function choiceFacts({ verb, parameter }: CompletionContext, word: string): ChoiceFacts | undefined {
  const option = verb?.options.find(({ name }) => name === parameter);
  if (option?.choices?.includes(word) !== true) return undefined;
  return { doc: option.choiceDocs?.[word] ?? null, isDefault: option.default === word };
}

function wordStart(before: string, withHyphens: boolean): number {
  let start = before.length;
  while (start > 0 && (isNamePart(before.charCodeAt(start - 1)) || (withHyphens && before[start - 1] === "-")))
    start -= 1;
  return start;
}

function describe(before: string, start: number, end: number): CompletionContext {
  const expected = probeLine(before.slice(0, start));
  const words: string[] = [];
  let takesExpression = expected.isBinding;
  let takesHandle = expected.isBinding;
  let isNew = false;
  let names: SymbolKind | null = null;
  let statistics = false;
  for (const element of [...expected.elements, ...(expected.optionValue === null ? [] : [expected.optionValue])]) {
    if ("kind" in element && element.kind === "word") words.push(element.text);
    else {
      for (const choice of element.choices ?? []) words.push(choice);
      if (element.type === "name") {
        if ("binds" in element) isNew = true;
        else names = namedBy(element);
      } else if (element.type === "condition") takesExpression = takesHandle = statistics = true;
      else if (!["choice", "problem", "flags", "string"].includes(element.type)) {
        takesExpression = true;
        // An address is no size.
        if (element.type !== "size" && element.type !== "count") takesHandle = true;
      }
      if (element.type === "flags") words.push("r", "rw", "rx", "rwx", "none");
    }
  }
  // Where a new name is written, all that is offered is wrong.
  if (isNew) [words.length, takesExpression, takesHandle] = [0, false, false];
  return {
    replace: { start, end },
    verbs: verbsFor(expected),
    isStart: expected.isStart,
    options: isNew ? [] : expected.options,
    words: [...new Set(words)],
    handles: takesHandle || expected.isStart,
    variables: takesExpression || expected.isStart,
    regions: names === "region",
    names,
    statistics,
    verb: expected.verb,
    pattern: expected.pattern,
    parameter: parameterOf(expected),
  };
}

function verbsFor(expected: Expectations): readonly VerbDescription[] {
  if (!expected.isStart && !expected.isBinding) return [];
  return vocabulary.filter((entry) => !entry.silent && (expected.isStart || entry.binds !== "none"));
}

function parameterOf(expected: Expectations): string | null {
  if (expected.optionValue !== null) return expected.optionValue.name;
  const element = expected.elements.find((candidate) => candidate.kind === "operand");
  return element?.kind === "operand" ? element.name : (expected.options[0]?.name ?? null);
}
