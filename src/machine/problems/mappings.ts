import { number, says } from "../../language/says";
import type { Words } from "../../language/Words";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

export interface UnalignedPage {
  readonly page: number;
  /** Null where the lowest free one would be taken. */
  readonly frame: number | null;
  /** Pages that the huge page spans. */
  readonly unit: number;
}

const framesInUse = {
  /** `holder` is the page that has the frame, null for a page table. */
  held(
    { frame, page, holder }: { readonly frame: number; readonly page: number; readonly holder: number | null },
    words: Words,
  ) {
    return holder === null
      ? words.say("Frame {0} holds a page table; page {1} cannot have it too.", frame, page)
      : words.say("Frame {0} holds page {2}; page {1} cannot have it too.", frame, page, holder);
  },

  /** In an inverted table. */
  "not-shared": says("An inverted table has one page per frame, and frame {0} already holds one.", number("frame")),
};

export interface NotMapped {
  readonly operation: string;
  readonly page: number;
  /** Further pages of the range that are not mapped either. */
  readonly more: number;
}

/** Mistakes in entering pages into a page table and taking them out. */
export const mappings = {
  "unaligned-page": problemKind<UnalignedPage>(
    {
      title: "Unaligned huge page",
      explanation:
        "The hardware replaces the low bits of the address of a huge page by the offset, so its page number and its frame number must be multiples of its size.",
      advice: "Choose page and frame numbers that are multiples of the pages it spans.",
      example: "vm table=x86-64 frames=2048\nmap 5 -> 512 huge=2MiB",
    },
    ({ page, frame, unit }, words) => ({
      message:
        frame === null
          ? words.say(
              "A huge page of {0} pages begins at a page and a frame that are multiples of {0}, not at page {1}.",
              unit,
              page,
            )
          : words.say(
              "A huge page of {0} pages begins at a page and a frame that are multiples of {0}, not at page {1} and frame {2}.",
              unit,
              page,
              frame,
            ),
    }),
  ),

  /** The frame is null for a page that has none yet. */
  "already-mapped": problemKind<{ readonly page: number; readonly frame: number | null }>(
    {
      title: "Already mapped",
      explanation:
        "The page already has a frame. A page table holds one entry per page; mapping it again would lose the first frame.",
      advice: "Unmap the page first, or choose a different one.",
      example: "vm frames=16\nmap 0 -> 1\nmap 0 -> 2",
    },
    ({ page, frame }, words) => ({
      message:
        frame === null
          ? words.say("Page {0} is already mapped.", page)
          : words.say("Page {0} is already mapped to frame {1}.", page, frame),
    }),
  ),

  "frame-in-use": problemKind<FactsOfVariants<typeof framesInUse>>(
    {
      title: "Frame in use",
      explanation:
        "Another page holds this frame. Two pages on one frame would see each other's bytes; sharing must be requested, it must not happen by accident.",
      advice: "Choose a free frame, or omit `->` to use the lowest free one.",
      example: "vm frames=16\nmap 0 -> 1\nmap 1 -> 1",
    },
    tellVariant(framesInUse),
  ),

  "invalid-frame": problemKind<{ readonly frame: number; readonly frames: number }>(
    {
      title: "Invalid frame",
      explanation: "Physical memory has no frame of this number: frames are counted from 0 to `frames=` minus 1.",
      advice: "Use a frame below the number of frames, or declare the vm with more.",
      example: "vm frames=16\nmap 0 -> 16",
    },
    ({ frame, frames }, words) => ({
      message: words.say("There is no frame {0}: the frames are 0 to {1}.", frame, frames - 1),
    }),
  ),

  "not-mapped": problemKind<NotMapped>(
    {
      title: "Not mapped",
      explanation: "The page has no entry in the page table, so there is nothing to unmap or to protect.",
      advice: "Map the page first, or correct its number.",
      example: "vm frames=16\nunmap 3",
    },
    ({ operation, page, more }, words) => ({
      message:
        more === 0
          ? words.say("Page {0} is not mapped: nothing to {1}.", page, operation)
          : words.say("Page {0} and {2} more of the range are not mapped: nothing to {1}.", page, operation, more),
    }),
  ),
};
