import { number, says, string } from "../../language/says";
import type { Words } from "../../language/Words";
import { pageAccessText, type PageAccess } from "./pageAccess";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

const withoutFrame = {
  /** `withTables`: a frame for a page table on the way may be missing, too. */
  access(facts: PageAccess & { readonly frames: number; readonly withTables: boolean }, words: Words) {
    const { page, frames, withTables } = facts;
    const values = [pageAccessText(facts, words), page, frames];
    return withTables
      ? words.say(
          "{0}: no frame for page {1} and the tables on the way to it; there are {2}, and no page can be evicted.",
          ...values,
        )
      : words.say("{0}: no frame for page {1}; there are {2}, and no page can be evicted.", ...values);
  },

  map: says("No free frame for page {0}: all {1} frames are in use.", number("page"), number("frames")),

  process: says("No free frame for the page tables of `{0}`; the process was not started.", string("process")),
};

export interface Swap {
  /** Slots of swap space, all in use. */
  readonly slots: number;
}

const withoutSwap = {
  access(facts: PageAccess & Swap, words: Words) {
    return swapText(words.say("{0}: no frame for page {1}", pageAccessText(facts, words), facts.page), facts, words);
  },

  map({ page, slots }: Swap & { readonly page: number }, words: Words) {
    return swapText(words.say("No frame for page {0}", page), { slots }, words);
  },

  process({ process, slots }: Swap & { readonly process: string }, words: Words) {
    return swapText(words.say("No frame for the page tables of `{0}`", process), { slots }, words);
  },
};

/** Why no page can be evicted. */
function swapText(what: string, { slots }: Swap, words: Words): string {
  switch (slots) {
    case 0:
      return words.say("{0}: the page to evict is dirty, and there is no swap space.", what);
    case 1:
      return words.say("{0}: the page to evict is dirty, and the one slot of swap space is in use.", what);
    default:
      return words.say("{0}: the page to evict is dirty, and all {1} slots of swap space are in use.", what, slots);
  }
}

/** Pages that find no place in memory, or none on disk. */
export const outOfFrames = {
  "out-of-swap": problemKind<FactsOfVariants<typeof withoutSwap>>(
    {
      title: "Out of swap",
      explanation:
        "A page must leave memory, its bytes are not on disk yet, and every slot of swap space is in use. A real system would now end a process.",
      advice: "Declare the vm with more frames or more `swap=`, or end processes and unmap pages first.",
      example: "vm frames=1 replacement=fifo swap=0\nstore 0 1\nstore 0x1000 1",
    },
    tellVariant(withoutSwap),
  ),

  "out-of-frames": problemKind<FactsOfVariants<typeof withoutFrame>>(
    {
      title: "Out of frames",
      explanation:
        "Every frame of physical memory holds a page. Without demand paging no page is evicted, so there is no frame for the new page.",
      advice: "Unmap pages, or declare the vm with more frames.",
      example: "vm frames=2\nmap 0..3",
    },
    tellVariant(withoutFrame),
  ),
};
