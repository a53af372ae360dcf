import { cachePolicies, type CachePolicy } from "../../../engine/cache/contract";
import { heapPolicies } from "../../../engine/heap/options";
import type { HeapPolicy } from "../../../engine/heap/policies";
import { replacementPolicies, type ReplacementName } from "../../../engine/replacement/createPolicy";
import { tlbPolicies, type TlbPolicy } from "../../../engine/vm/Tlb";

/** The policies of each part of a memory that has some. */
export interface PolicyOf {
  readonly heap: HeapPolicy;
  readonly replacement: ReplacementName;
  readonly tlb: TlbPolicy;
  readonly cache: CachePolicy;
}
export type ComparedPart = keyof PolicyOf;
/** The parts that references go through. */
export type HardwarePart = Exclude<ComparedPart, "heap">;

interface PartRow<Policy> {
  readonly policies: readonly Policy[];
  /** The option by which a run is given one of them: statement and name. */
  readonly option: string;
  /** What a script or trace lacks that has nothing of this part. */
  readonly needs: string;
}

/** In the order in which they are shown. */
export const parts: { readonly [Part in ComparedPart]: PartRow<PolicyOf[Part]> } = {
  heap: { policies: heapPolicies, option: "heap.policy", needs: "a heap" },
  replacement: { policies: replacementPolicies, option: "vm.replacement", needs: "paging on demand" },
  tlb: { policies: tlbPolicies, option: "tlb.policy", needs: "a lookaside buffer" },
  cache: { policies: cachePolicies, option: "cache.policy", needs: "a cache" },
};
export const comparedParts = Object.keys(parts) as readonly ComparedPart[];

/** The policies to compare of each part, in order; a part without any is left out. */
export type PolicyChoice = { readonly [Part in ComparedPart]?: readonly PolicyOf[Part][] };

/** All policies of the parts. */
export function allPolicies(present: ReadonlySet<ComparedPart>): PolicyChoice {
  return Object.fromEntries([...present].map((part) => [part, parts[part].policies]));
}

const knows = (part: ComparedPart, word: string): boolean => (parts[part].policies as readonly string[]).includes(word);

/** Why words choose nothing: a word that no part knows, or one whose parts are not there. */
export type ChoiceRefusal =
  | { readonly kind: "unknown"; readonly word: string; readonly known: readonly string[] }
  | { readonly kind: "absent"; readonly word: string; readonly needs: readonly string[] };

/**
 * The policies that the words name, each once, in the order of the words. Several parts have a `fifo` and an `lru`: a word
 * means the first of the parts that are there and know it.
 * @param wanted the part that all words are about; null: any
 */
export function choosePolicies(
  words: readonly string[],
  present: ReadonlySet<ComparedPart>,
  wanted: ComparedPart | null = null,
): { readonly choice: PolicyChoice } | { readonly refusal: ChoiceRefusal } {
  const candidates = wanted === null ? comparedParts : [wanted];
  const chosen = new Map<ComparedPart, Set<string>>();
  for (const word of words) {
    const knowing = candidates.filter((part) => knows(part, word));
    if (knowing.length === 0) {
      const known = [...new Set(candidates.flatMap((part) => parts[part].policies as readonly string[]))];
      return { refusal: { kind: "unknown", word, known } };
    }
    const part = knowing.find((each) => present.has(each));
    if (part === undefined) {
      return { refusal: { kind: "absent", word, needs: knowing.map((each) => parts[each].needs) } };
    }
    const others = chosen.get(part) ?? new Set<string>();
    chosen.set(part, others.add(word));
  }
  const ordered = comparedParts.filter((part) => chosen.has(part));
  return { choice: Object.fromEntries(ordered.map((part) => [part, [...(chosen.get(part) ?? [])]])) };
}
