import { tlbPolicyChoices } from "./choices";
import { operand, option } from "./describe";
import { rootOption } from "./vmVerbs";
import type { VerbDescription } from "./vocabularyTypes";

const processName = operand("name", "name", "The process.", { names: "process" });
const pageRange = operand("pages", "range", "Page numbers `first..end` without the end.");

/** Processes, their regions and segments, and what the hardware keeps beside the page table. */
export const processVerbs: readonly VerbDescription[] = [
  {
    verb: "process",
    area: "vm",
    binds: "none",
    declares: true,
    patterns: [[operand("name", "name", "Name of the new process.", { names: "process", binds: true })]],
    options: [
      option("frames", "count", "Frames that it may hold when the vm has `allocation=local`; no bound when left out.", {
        unit: "frames",
      }),
      option("layout", "choice", "The regions that its address space begins with, as in `vm`.", {
        choices: ["none", "classic"],
        default: "none",
      }),
      rootOption,
    ],
    doc: "Starts a process with an empty address space of its own. It runs after `switch`. The process that a script begins in is called `main`.",
    example: "process editor",
  },
  {
    verb: "switch",
    area: "vm",
    binds: "none",
    patterns: [[processName]],
    options: [],
    doc: "Goes over to another process: page numbers mean its pages from here on. A lookaside buffer without address-space identifiers loses all but its global entries.",
    example: "switch editor",
  },
  {
    verb: "fork",
    area: "vm",
    binds: "none",
    patterns: [[operand("name", "name", "Name of the child.", { names: "process", binds: true })]],
    options: [],
    doc: "Starts a child of the current process with the same pages in the same frames. A page that may be written is copied when either writes to it first (copy-on-write); pages mapped with `shared=on` stay common.",
    example: "fork child",
  },
  {
    verb: "exit",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("name", "name", "The process; the current one when left out.", {
          names: "process",
          changes: true,
          optional: true,
        }),
      ],
    ],
    options: [],
    doc: "Ends a process: its pages, tables and swap slots are given back. When the current one ends, the oldest that is left goes on.",
    example: "exit child",
  },
  {
    verb: "region",
    area: "vm",
    binds: "none",
    declares: true,
    patterns: [
      [
        operand("name", "name", "Name of the region, as `stack`.", { names: "area", binds: true }),
        pageRange,
        operand("flags", "flags", "Letters of `rwxu`; `rwu` when left out.", { optional: true, letters: "rwxu" }),
      ],
    ],
    options: [
      option("grow", "choice", "Which way it may grow: by `grow`, and a stack also by being touched below.", {
        choices: ["no", "up", "down"],
        default: "no",
      }),
      option("limit", "count", "Pages that a region growing down may have in all; it reaches page 0 at most.", {
        unit: "pages",
      }),
    ],
    doc: "Names a part of the current process's address space. Once there is a region, touching a page outside every region is a segmentation fault; with demand paging pages inside get their frames when touched.",
    example: "region stack 0x80..0x100 rwu grow=down",
  },
  {
    verb: "guard",
    area: "vm",
    binds: "none",
    patterns: [[operand("name", "name", "Name of the guard.", { names: "area", binds: true }), pageRange]],
    options: [],
    doc: "Makes pages that nobody may touch, so that running over a neighbour's end is noticed: a guard page below a stack. Pages that are mapped there are unmapped, with their bytes, and none can be mapped there any more.",
    example: "guard below_stack 0x7f..0x80",
  },
  {
    verb: "grow",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("name", "name", "The region.", { names: "area", changes: true }),
        operand("count", "value", "Pages to add at its growing end; negative to take away."),
      ],
    ],
    options: [],
    doc: "Moves a region's end as `brk` does, or the start of one that grows down. Pages taken away lose their frames.",
    example: "grow heap 4",
  },
  {
    verb: "segment",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("name", "name", "Name of the segment.", { names: "area", binds: true }),
        operand("limit", "size", "Bytes that it has."),
        operand("flags", "flags", "Letters of `rwxu`; `rwxu` when left out.", { optional: true, letters: "rwxu" }),
      ],
    ],
    options: [
      option("base", "address", "Where it begins in memory; for one that grows down, where it ends.", { default: "0" }),
      option("grow", "choice", "`down`: it covers the end of its part of the address space, as a stack does.", {
        choices: ["up", "down"],
        default: "up",
      }),
    ],
    doc: "Adds a segment. The address space is cut into equal parts, a power of two of them, one for each segment in order; the top bits of an address choose the segment and the rest is the offset. One segment alone is base and bounds. With paging the result is an address that the page table translates.",
    example: "segment code 2KiB base=32KiB",
  },
  {
    verb: "tlb",
    area: "vm",
    binds: "none",
    declares: true,
    patterns: [[operand("entries", "count", "Number of entries.")]],
    options: [
      option("ways", "count", "Entries of a set; as many as there are entries (fully associative) when left out.", {
        unit: "entries",
      }),
      option("policy", "choice", "Which entry of a set is replaced.", {
        ...tlbPolicyChoices,
        default: "lru",
      }),
      option("asid", "choice", "Entries carry an address-space identifier and survive a `switch`.", {
        choices: ["on", "off"],
        default: "off",
      }),
      option(
        "coherent",
        "choice",
        "`off`: as on real processors, `unmap`, `protect` and `pte` leave remembered translations as they are until `flush`.",
        { choices: ["on", "off"], default: "on" },
      ),
    ],
    doc: "Gives the processor a translation lookaside buffer, empty at first. It remembers translations; hits need no walk of the page table.",
    example: "tlb 64 ways=4",
  },
  {
    verb: "dedup",
    area: "vm",
    binds: "none",
    patterns: [[]],
    options: [],
    doc: "Looks for frames with equal bytes, in all processes, and lets their pages share one of them copy-on-write (same-page merging). The next write to such a page splits it off again.",
    example: "dedup",
  },
];
