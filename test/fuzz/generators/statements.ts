import fc from "fast-check";
import { problemIds } from "../../../src/language/vocabulary/problemIds";
import type { ValueDescription } from "../../../src/language/parsing/operands";
import type { PatternElement, VerbDescription } from "../../../src/language/vocabulary/vocabularyTypes";

/** Statements with every verb, operand and option of the vocabulary, written in every way that the language allows. */

const space = fc.constantFrom(" ", "  ", "\t");
/** White space where none is needed. */
const gap = fc.constantFrom("", "", " ", "\t ");

/** What statements are made of, apart from the words of the language. */
export interface Leaves {
  readonly number: fc.Arbitrary<string>;
  /** Values that are no numbers: handles and what is computed of them. */
  readonly value: fc.Arbitrary<string>;
  readonly handle: fc.Arbitrary<string>;
  readonly name: fc.Arbitrary<string>;
  readonly text: fc.Arbitrary<string>;
}

const plainLeaves: Leaves = {
  number: fc.constantFrom("0", "7", "0x10", "0b11", "1_000", "4KiB", "1.5MiB"),
  value: fc.constantFrom("a", "b[2]", "b[i - 1]", "main.used", "sizeof(a)", "sizeof( b[1] )"),
  handle: fc.constantFrom("a", "b[2]"),
  name: fc.constantFrom("main", "r_1", "sizeof", "exists", "x", "as"),
  text: fc.constantFrom('""', '"a  b"', '"# no comment"', '"\\x00\\"="'),
};

/** Values of each type, made of the leaves. */
function valuesOf(leaves: Leaves): (description: ValueDescription) => fc.Arbitrary<string> {
  const primary = fc.oneof({ weight: 2, arbitrary: leaves.number }, leaves.value);
  const signed = fc.tuple(fc.constantFrom("", "", "-", "--"), primary).map((parts) => parts.join(""));
  const group = fc.tuple(gap, signed, gap).map(([left, value, right]) => `(${left}${value}${right})`);
  /** A sum that stays one operand, whatever operand follows it: both sides of an operator have the same white space. */
  const sum = fc.oneof(
    { weight: 3, arbitrary: primary },
    signed,
    fc
      .tuple(fc.oneof(signed, group), gap, fc.constantFrom("+", "-", "*", "/", "%"), fc.oneof(primary, group))
      .map(([left, around, operator, right]) => [left, around, operator, around, right].join("")),
    group,
  );
  const comparison = fc
    .tuple(sum, gap, fc.constantFrom("==", "!=", "<", "<=", ">", ">="), gap, sum)
    .map((parts) => parts.join(""));
  const condition = fc.oneof(
    comparison,
    fc.tuple(comparison, gap, fc.constantFrom("&&", "||"), gap, comparison).map((parts) => parts.join("")),
    comparison.map((inner) => `!( ${inner})`),
    leaves.name.map((name) => `exists(${name})`),
  );
  const range = fc.tuple(sum, gap, gap, sum).map(([from, left, right, to]) => `${from}${left}..${right}${to}`);
  return ({ type, choices, letters }) => {
    switch (type) {
      case "size":
      case "count":
      case "address":
      case "value":
      case "place":
        return choices === undefined ? sum : fc.constantFrom(...choices);
      case "text-or-value":
        return fc.oneof(leaves.text, sum);
      case "string":
        return leaves.text;
      case "range":
        return fc.oneof(range, sum);
      case "handle":
        return leaves.handle;
      case "condition":
        return condition;
      case "name":
        return leaves.name;
      case "choice":
        return fc.constantFrom(...(choices ?? []));
      case "flags":
        return flags(letters ?? "");
      case "problem":
        return fc.constantFrom(...problemIds);
    }
  };
}

/** Each letter in its place or a `-`, as `r-x`. */
function flags(letters: string): fc.Arbitrary<string> {
  const places = fc.tuple(...Array.from(letters).map((letter) => fc.constantFrom(letter, "-", "")));
  return fc.oneof(
    fc.constantFrom("none", "-"),
    places.map((parts) => parts.join("")).filter((word) => word !== ""),
  );
}

/** The operands of a pattern, an optional one with its word or neither. */
function operandsOf(pattern: readonly PatternElement[], valueOf: ReturnType<typeof valuesOf>): fc.Arbitrary<string[]> {
  const parts = pattern.map((element, index) => {
    if (element.kind === "word") return fc.constant([]);
    const word = pattern[index - 1];
    const written = valueOf(element).map((value) => (index > 0 && word.kind === "word" ? [word.text, value] : [value]));
    return element.optional === true || (index > 0 && word.kind === "word" && word.optional === true)
      ? fc.oneof(fc.constant([]), written)
      : written;
  });
  return fc.tuple(...parts).map((written) => written.flat());
}

function optionsOf(verb: VerbDescription, valueOf: ReturnType<typeof valuesOf>): fc.Arbitrary<string[]> {
  return fc
    .shuffledSubarray([...verb.options], { maxLength: Math.min(4, verb.options.length) })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((option) =>
          fc.tuple(gap, gap, valueOf(option)).map(([left, right, value]) => `${option.name}${left}=${right}${value}`),
        ),
      ),
    );
}

/** Lines of a verb, made of the leaves. A few mean nothing, where an optional name and an expression can be read in two ways. */
export function statementsOf(leaves: Leaves): (verb: VerbDescription) => fc.Arbitrary<string> {
  const valueOf = valuesOf(leaves);
  const bound = leaves.handle.chain((handle) => fc.constantFrom(`${handle} = `, `${handle}=`, `${handle}  = `));
  const target = { none: fc.constant(""), required: bound, optional: fc.oneof(fc.constant(""), bound) };
  return (verb) =>
    fc
      .constantFrom(...verb.patterns)
      .chain((pattern) =>
        fc.tuple(
          target[verb.binds],
          operandsOf(pattern, valueOf),
          optionsOf(verb, valueOf),
          space,
          fc.constantFrom("", " # why", "#"),
        ),
      )
      .map(
        ([start, operands, options, between, comment]) =>
          start + [...(verb.silent ? [] : [verb.verb]), ...operands, ...options].join(between) + comment,
      );
}

/** Lines of a verb that the formatter has to keep the meaning of. */
export const anyStatement = statementsOf(plainLeaves);
