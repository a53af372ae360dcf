import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import type { LeakKind } from "../leaks/kinds";
import type { LiveSite } from "../replay/report";
import type { BlockFacts } from "./facts";
import { blockText, lineName, originLines } from "./phrases";
import { tellVariant, type FactsOfVariants, type RelatedLine } from "../../language/variants";
import { problemKind } from "./ProblemKind";

export interface Lost {
  /** Ids of the allocations, in order. */
  readonly ids: readonly number[];
  /** The first of the blocks. */
  readonly block: BlockFacts;
}

export interface NeverFreed extends Lost {
  readonly loss: LeakKind;
  /** Where the recorded program allocated them, in a script that was made of its trace. */
  readonly site?: string;
  /** Bytes of all blocks together. */
  readonly bytes: number;
  /** Of the first blocks that have one. */
  readonly handles: readonly string[];
  /** The block that leads to the first one: for indirectly lost ones the definitely lost one at the head. */
  readonly from: BlockFacts | null;
  /** The handle that leads to it; null when a block or the vm's memory does. */
  readonly through: string | null;
  /** What is lost with a definitely lost one. */
  readonly behind: { readonly blocks: number; readonly bytes: number };
}

const leaks = {
  /** All blocks that one line allocated, nothing freed and the leak check found alike. */
  "never-freed"(facts: NeverFreed, words: Words) {
    const { loss, ids, block, bytes, handles, site } = facts;
    const related = relatedLines(facts, words);
    if (ids.length === 1) {
      const values = [blockText(block, words), explain(facts, words)];
      return {
        message:
          site === undefined
            ? words.say("Memory leak: {0} is never freed: {1}.", ...values)
            : words.say("Memory leak: {0}, allocated at {2}, is never freed: {1}.", ...values, site),
        related,
      };
    }
    const line = lineName(block.line, words);
    const place = site === undefined ? line : words.say("{0} ({1})", line, site);
    const values = [ids.length, place, words.bytes(bytes), lossText(loss, words)];
    if (handles.length === 0) {
      return {
        message: words.say("Memory leak: {0} blocks allocated on {1} are never freed: {2} in total, {3}.", ...values),
        related,
      };
    }
    const names = handles.map((name) => `\`${name}\``).join(", ") + (ids.length > handles.length ? ", …" : "");
    const message = words.say(
      "Memory leak: {0} blocks allocated on {1} are never freed: {2} in total ({4}), {3}.",
      ...values,
      names,
    );
    return { message, related };
  },

  /** The last handle of the block gets another value. */
  overwritten(
    facts: Lost & { readonly loss: "definitely lost"; readonly handle: string; readonly overwritingLine: number },
    words: Words,
  ) {
    const { block, handle, overwritingLine } = facts;
    const message = words.say(
      "Memory leak: {0} is definitely lost: its last handle `{1}` is overwritten on {2}.",
      blockText(block, words),
      handle,
      lineName(overwritingLine, words),
    );
    const place = words.say("`{0}` is overwritten here; nothing else points to {1}.", handle, toHex(block.address));
    return { message, related: [...originLines(words, block), { line: overwritingLine, message: place }] };
  },

  /** The pool of the block was destroyed, or the block was freed that the pool was carved out of. */
  "pool-gone"(
    facts: Lost & { readonly pool: string; readonly end: "destroyed" | "memory-lost"; readonly endLine: number },
    words: Words,
  ) {
    const { block, pool, end, endLine } = facts;
    const values = [blockText(block, words), pool, lineName(endLine, words)];
    return end === "destroyed"
      ? {
          message: words.say("Memory leak: {0} was in use when its pool `{1}` was destroyed on {2}.", ...values),
          related: [{ line: endLine, message: words.say("The pool `{0}` is destroyed here.", pool) }],
        }
      : {
          message: words.say("Memory leak: {0} was in use when its pool `{1}` lost its memory on {2}.", ...values),
          related: [{ line: endLine, message: words.say("The pool `{0}` loses its memory here.", pool) }],
        };
  },

  /** What one place of a traced program allocated. */
  trace({ site: { site, blocks, bytes } }: { readonly site: LiveSite }, words: Words) {
    return words.say(
      "Memory leak: {0} ({1}), never freed, allocated at {2}.",
      words.count(blocks, "{0} block", "{0} blocks"),
      words.bytes(bytes),
      site ?? words.say("an unknown site"),
    );
  },
};

function lossText(loss: LeakKind, words: Words): string {
  switch (loss) {
    case "definitely lost":
      return words.say("definitely lost");
    case "indirectly lost":
      return words.say("indirectly lost");
    case "possibly lost":
      return words.say("possibly lost");
    case "still reachable":
      return words.say("still reachable");
  }
}

/** The kind of leak, with what still leads to the block. */
function explain({ loss, from, through, behind }: NeverFreed, words: Words): string {
  const holder = from === null ? words.say("the vm's memory") : blockText(from, words);
  switch (loss) {
    case "still reachable":
      return words.say(
        "still reachable when the script ends, through {0}",
        through === null ? holder : `\`${through}\``,
      );
    case "possibly lost": {
      const way = through === null ? words.say("a chain through {0}", holder) : `\`${through}\``;
      return words.say("possibly lost, the only way to it is {0} with a pointer into the middle of a block", way);
    }
    case "indirectly lost":
      return words.say("indirectly lost, only {0} leads to it, which is lost itself", holder);
    case "definitely lost":
      return behind.blocks === 0
        ? words.say("definitely lost, nothing leads to it")
        : words.say(
            "definitely lost, together with {0} in {1}",
            words.bytes(behind.bytes),
            words.count(behind.blocks, "{0} block", "{0} blocks"),
          );
  }
}

function relatedLines({ ids, block, loss, from }: NeverFreed, words: Words): RelatedLine[] {
  const values = [words.bytes(block.requested), toHex(block.address)];
  const first =
    ids.length === 1
      ? words.say("{0} at {1}, live when the script ends.", ...values)
      : words.say("The first of them: {0} at {1}.", ...values);
  const lines = [{ line: block.line, message: first }];
  if (from === null) return lines;
  const holder = from.handle === null ? words.say("The block") : `\`${from.handle}\``;
  const lead =
    loss === "indirectly lost"
      ? words.say("{0}, allocated here and lost itself, leads to it.", holder)
      : words.say("{0}, allocated here, holds a pointer to it.", holder);
  const isItself = from.line === block.line && from.address === block.address;
  return isItself ? lines : [...lines, { line: from.line, message: lead }];
}

/** Blocks that are lost. */
export const leak = {
  leak: problemKind<FactsOfVariants<typeof leaks>>(
    {
      severity: "warning",
      title: "Memory leak",
      explanation:
        "The block was allocated and never freed: its last handle was overwritten, or the script ended. A long-running program eventually runs out of memory. The problem is reported on the allocating line, because that is the line that lacks its `free`. As in Valgrind memcheck, there are four kinds: _definitely lost_, nothing leads to the block; _indirectly lost_, only lost blocks lead to it; _possibly lost_, the only way to it has a pointer into the middle of a block; _still reachable_, a handle leads to it when the script ends. Pointers that `write h1 h2` stored in memory count: aligned words of 8 bytes in live blocks and in the vm's memory. A pointer to the byte after a block does not keep it.",
      advice: "Free the block before its last handle is overwritten or the script ends.",
      example: "a = alloc 40",
    },
    tellVariant(leaks),
  ),
};
