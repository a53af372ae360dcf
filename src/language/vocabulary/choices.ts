/** What the words mean that an option may have for its value: one line each, in the order in which they are offered. */

import { heapPolicyDocs, replacementDocs } from "./policyDocs";

type ChoiceDocs = Readonly<Record<string, string>>;

/** The choices of an option with their docs, as its description holds them. */
export const choicesOf = (docs: ChoiceDocs): { choices: readonly string[]; choiceDocs: ChoiceDocs } => ({
  choices: Object.keys(docs),
  choiceDocs: docs,
});

export const heapPolicyChoices = choicesOf(heapPolicyDocs);

export const listOrderChoices = choicesOf({
  address: "Free blocks stand in the order of their addresses.",
  lifo: "A freed block goes to the head of the list.",
  fifo: "A freed block goes to the end of the list.",
  "size-asc": "The smallest free block is the head; each free sorts the list.",
  "size-desc": "The largest free block is the head; each free sorts the list.",
});

export const coalesceChoices = choicesOf({
  immediate: "At each free.",
  deferred: "When an allocation would fail, and on `coalesce`.",
  never: "On `coalesce` alone.",
  "list-pass": "At each free, by one pass along the list in its order.",
});

export const growthChoices = choicesOf({
  multiple: "By the least multiple of `grow` that serves.",
  minimum: "By `grow` or the whole block needed, whichever is larger.",
});

export const roundingChoices = choicesOf({
  request: "As large as the request needs.",
  class: "The smallest size of the class that serves it.",
});

export const reallocChoices = choicesOf({
  "in-place": "Resizes a block where it lies when that is possible.",
  move: "Always allocates, copies and frees.",
});

export const poolOrderChoices = choicesOf({
  fifo: "The block freed first is handed out next.",
  lifo: "The block freed last is handed out next.",
});

export const replacementChoices = choicesOf(replacementDocs);

export const tieChoices = choicesOf({
  recency: "The one used longest ago leaves; so `lfu` does when nothing is said.",
  arrival: "The one that came in first leaves; so `aging` does when nothing is said.",
  frame: "The one in the frame with the lowest number leaves.",
});

export const agingCounterChoices = choicesOf({
  used: "The highest bit is set, as if the page had been used in the tick before.",
  zero: "No bit is set: the first tick brings in the accessed bit, as in Tanenbaum's textbook.",
});

export const loadedChoices = choicesOf({
  used: "The reference that brings a page in sets its accessed bit, as a processor does.",
  unused: "That bit is cleared again, so that only later references count, as in libCacheSim's Clock.",
});

export const frameAllocationChoices = choicesOf({
  global: "Any page may go, those of other processes too.",
  local: "A process with `frames=` of its own evicts its own pages.",
});

export const tableChoices = choicesOf({
  flat: "One array of entries.",
  radix: "A tree of `levels=`.",
  "x86-64": "The format of x86-64 with 4 levels, bit by bit.",
  "x86-64-5": "The format of x86-64 with 5 levels, bit by bit.",
  sv39: "The format of RISC-V with 3 levels, bit by bit.",
  inverted: "One hashed entry a frame.",
});

export const cachePolicyChoices = choicesOf({
  lru: "The line that was used longest ago makes room.",
  fifo: "The line that came in first makes room.",
  random: "Any line makes room, drawn at random.",
  "tree-plru": "A bit for each fork of a tree over the ways points away from what was used.",
});

export const cacheWriteChoices = choicesOf({
  back: "A written line is dirty, and goes down when it leaves.",
  through: "Each write goes down at once.",
});

export const writebackChoices = choicesOf({
  uncounted: "The line goes where it is kept, and is no reference, as in cachegrind.",
  counted: "A write of the whole line, as in Dinero IV; it is buffered and takes no cycles.",
});

export const cacheKindChoices = choicesOf({
  unified: "All references come here.",
  data: "Reads and writes come here.",
  instruction: "Fetches come here (`access … x`).",
});

export const processorModeChoices = choicesOf({
  any: "The mode is not looked at.",
  user: "The unprivileged mode: ring 3 of x86, U of RISC-V.",
  supervisor: "The kernel's mode: ring 0 of x86, S of RISC-V.",
});

export const tlbPolicyChoices = choicesOf({
  lru: "The entry that was used longest ago is replaced.",
  fifo: "The entry that came in first is replaced.",
  random: "Any entry is replaced, drawn at random.",
});
