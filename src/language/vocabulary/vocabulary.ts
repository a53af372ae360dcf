import { byteVerbs } from "./byteVerbs";
import { cacheVerbs } from "./cacheVerbs";
import { heapVerbs } from "./heapVerbs";
import { poolVerbs } from "./poolVerbs";
import { processVerbs } from "./processVerbs";
import { processorVerbs } from "./processorVerbs";
import { controlVerbs, proofVerbs } from "./proofVerbs";
import { vmVerbs } from "./vmVerbs";
import type { OperandDescription, OptionDescription, VerbDescription } from "./vocabularyTypes";

/** The whole language, each verb once. Parser, completion, hovers, formatter, grammar and reference derive from it. */
export const vocabulary: readonly VerbDescription[] = [
  ...heapVerbs,
  ...byteVerbs,
  ...poolVerbs,
  ...vmVerbs,
  ...processVerbs,
  ...processorVerbs,
  ...cacheVerbs,
  ...proofVerbs,
  ...controlVerbs,
];

const byVerb = new Map(vocabulary.map((description) => [description.verb, description]));

/** The verb's entry, also of the silent `let`. */
export function describeVerb(verb: string): VerbDescription | undefined {
  return byVerb.get(verb);
}

/** The entry of a verb as it is written in scripts; the silent `let` has no written form. */
export function writtenVerb(word: string): VerbDescription | undefined {
  const description = byVerb.get(word);
  return description?.silent ? undefined : description;
}

export const writtenVerbs: readonly string[] = vocabulary.filter((entry) => !entry.silent).map((entry) => entry.verb);

/** Operands of all patterns of a verb, in order. */
export function operandsOf(description: VerbDescription | undefined): readonly OperandDescription[] {
  return (description?.patterns ?? []).flat().filter((element) => element.kind === "operand");
}

/** Verbs that change nothing. */
export const readOnlyVerbs: readonly string[] = vocabulary.filter((entry) => entry.readOnly).map((entry) => entry.verb);

export function describeOption(description: VerbDescription, name: string): OptionDescription | undefined {
  return description.options.find((entry) => entry.name === name);
}

/** Words that cannot name a handle, because a line would be ambiguous. */
export function isReserved(name: string): boolean {
  return name === "sizeof" || name === "exists" || byVerb.has(name);
}
