import type { ReplacementName } from "../engine/replacement/createPolicy";
import {
  allPolicies,
  choosePolicies,
  comparedParts,
  type ChoiceRefusal,
  type ComparedPart,
  type PolicyChoice,
} from "../machine/compare/parts/parts";
import { choice, usage } from "./arguments";

/** The part that `--of` names; null when it is absent. */
export function partOf(command: string, word: string | undefined): ComparedPart | null {
  return word === undefined ? null : choice(command, "of", word, comparedParts);
}

const wordsOf = (text: string): string[] => text.split(",").map((word) => word.trim());

/** The policies to compare of what is there: those of `--policies`, or all. Throws a usage error for others. */
export function policyChoice(
  command: string,
  text: string | undefined,
  present: ReadonlySet<ComparedPart>,
  part: ComparedPart | null,
): PolicyChoice {
  if (text === undefined)
    return allPolicies(part === null ? present : new Set([...present].filter((each) => each === part)));
  const chosen = choosePolicies(wordsOf(text), present, part);
  if ("refusal" in chosen) throw usage(command, refusalText(chosen.refusal));
  return chosen.choice;
}

/** Replacement policies by name, each once. */
export function replacementsOf(command: string, text: string): readonly ReplacementName[] {
  return policyChoice(command, text, new Set(["replacement"]), "replacement").replacement ?? [];
}

function refusalText(refusal: ChoiceRefusal): string {
  if (refusal.kind === "unknown") return `--policies takes ${refusal.known.join(", ")}, not '${refusal.word}'`;
  return `'${refusal.word}' needs ${refusal.needs.join(" or ")}, and there is none in this file`;
}
