import type { Words } from "../../language/Words";
import { pageAccessText, type PageAccess } from "./pageFaults";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

const withoutFrame = {
  /** `withTables`: a frame for a page table on the way may be missing, too. */
  access(facts: PageAccess & { readonly frames: number; readonly withTables: boolean }, w: Words) {
    const { page, frames, withTables } = facts;
    const values = [pageAccessText(facts, w), page, frames];
    return withTables
      ? w.say(
          "{0}: no frame for page {1} and the tables on the way to it; there are {2}, and no page can be evicted.",
          ...values,
        )
      : w.say("{0}: no frame for page {1}; there are {2}, and no page can be evicted.", ...values);
  },

  map({ page, frames }: { readonly page: number; readonly frames: number }, w: Words) {
    return w.say("no free frame for page {0}: all {1} frames are in use.", page, frames);
  },

  process({ process }: { readonly process: string }, w: Words) {
    return w.say("no free frame for the page tables of `{0}`; it was not started.", process);
  },
};

export interface Swap {
  /** Slots of swap space, all in use. */
  readonly slots: number;
}

const withoutSwap = {
  access(facts: PageAccess & Swap, w: Words) {
    return swapText(w.say("{0}: no frame for page {1}", pageAccessText(facts, w), facts.page), facts, w);
  },

  map({ page, slots }: Swap & { readonly page: number }, w: Words) {
    return swapText(w.say("no frame for page {0}", page), { slots }, w);
  },

  process({ process, slots }: Swap & { readonly process: string }, w: Words) {
    return swapText(w.say("no frame for the page tables of `{0}`", process), { slots }, w);
  },
};

/** Why no page can be evicted. */
function swapText(what: string, { slots }: Swap, w: Words): string {
  switch (slots) {
    case 0:
      return w.say("{0}: the page to evict is dirty, and there is no swap space.", what);
    case 1:
      return w.say("{0}: the page to evict is dirty, and the one slot of swap space is in use.", what);
    default:
      return w.say("{0}: the page to evict is dirty, and all {1} slots of swap space are in use.", what, slots);
  }
}

/** Pages that find no place in memory, or none on disk. */
export const outOfFrames = {
  "out-of-swap": problemKind<FactsOfVariants<typeof withoutSwap>>(
    {
      title: "Out of swap",
      explanation:
        "A page has to leave memory, its bytes are not on disk yet, and every slot of swap space is in use. A real system would now end a process.",
      advice: "Declare the vm with more frames or more `swap=`, or end processes and unmap pages first.",
      example: "vm frames=1 replacement=fifo swap=0\nstore 0 1\nstore 0x1000 1",
    },
    tellVariant(withoutSwap),
  ),

  "out-of-frames": problemKind<FactsOfVariants<typeof withoutFrame>>(
    {
      title: "Out of frames",
      explanation:
        "Every frame of physical memory holds a page. Without demand paging nothing is evicted, so the new page finds no place.",
      advice: "Unmap pages, or declare the vm with more frames.",
      example: "vm frames=2\nmap 0..3",
    },
    tellVariant(withoutFrame),
  ),
};
