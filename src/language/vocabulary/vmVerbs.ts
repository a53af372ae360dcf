import {
  agingCounterChoices,
  frameAllocationChoices,
  loadedChoices,
  replacementChoices,
  tableChoices,
  tieChoices,
} from "./choices";
import { widthOption } from "./byteVerbs";
import { operand, option, word } from "./describe";
import type { VerbDescription } from "./vocabularyTypes";

const virtual = operand("address", "address", "A virtual address.");
const pages = operand("pages", "range", "One page number, or page numbers `first..end` without the end.");
const referenceKind = operand(
  "kind",
  "choice",
  "Read, write, execute, or `m`: read and write in one access, as `inc` does; `r` when left out.",
  { optional: true, choices: ["r", "w", "x", "m"] },
);
const flagsDoc = "Letters of `rwxu`: read, write, execute, user. `-` holds a place, `none` permits nothing.";

const permissions = operand("flags", "flags", `${flagsDoc} \`rwu\` when left out.`, {
  optional: true,
  letters: "rwxu",
});
const layoutOption = option(
  "layout",
  "choice",
  "The regions that the address space begins with. `classic`: page 0 reserved, then text, data, a heap growing up, a place for mappings, a stack growing down, and the kernel at the top.",
  { choices: ["none", "classic"], default: "none" },
);

export const rootOption = option(
  "pdbr",
  "count",
  "Frame of the root table, where tables take frames: the page-directory base register of textbooks, CR3, satp. The highest free one at the first mapping when left out.",
);

export const vmVerbs: readonly VerbDescription[] = [
  {
    verb: "vm",
    area: "vm",
    binds: "none",
    declares: true,
    patterns: [[]],
    options: [
      option("page", "size", "Bytes of a page and of a frame.", { default: "4KiB", unit: "bytes" }),
      option("frames", "count", "Frames of physical memory.", { default: "256", unit: "frames" }),
      option(
        "pages",
        "count",
        "Pages of the virtual address space; 2^20 for a flat or inverted table, otherwise as many as the table reaches, when left out.",
        { unit: "pages" },
      ),
      option(
        "table",
        "choice",
        "The page table: `flat`, one array; `radix`, a tree of `levels=`; the formats of x86-64 (4 levels, or 5) and of RISC-V (`sv39`), bit by bit; or `inverted`, one hashed entry a frame. Tables of several levels take frames themselves, from the top of physical memory down, and their entries can be read there.",
        { ...tableChoices, default: "flat" },
      ),
      option("levels", "count", "Levels of a `radix` table, 2 to 5; giving them asks for one.", { unit: "levels" }),
      option("entry", "size", "Bytes of an entry of a `flat` or `radix` table: 1, 2, 4 or 8.", { unit: "bytes" }),
      rootOption,
      option("maxphyaddr", "count", "Bits of a physical address of x86, 32 to 52: entries reserve the bits above.", {
        default: "52",
        unit: "bits",
      }),
      option("paging", "choice", "`off`: there is no page table, addresses go through segments alone.", {
        choices: ["on", "off"],
        default: "on",
      }),
      option("space", "size", "Bytes of the virtual address space that segments divide; all pages when left out.", {
        unit: "bytes",
      }),
      option("demand", "choice", "Whether a touched page that has no frame gets one instead of being a mistake.", {
        choices: ["on", "off"],
        default: "off",
      }),
      option(
        "replacement",
        "choice",
        "Which page gives up its frame when none is free; asks for demand paging. `clock` has a hand, `random-clock` draws pages and counts chances down; `opt` and `unopt` look ahead at the rest of the script.",
        {
          ...replacementChoices,
        },
      ),
      option("allocation", "choice", "Whether a process may take frames of others, or evicts its own pages.", {
        ...frameAllocationChoices,
        default: "global",
      }),
      option(
        "window",
        "count",
        "References that `working-set` and `wsclock` look back, or from one tick of `aging` to the next; the number of frames when left out.",
        {
          unit: "references",
        },
      ),
      option("ties", "choice", "Which of several pages leaves that `lfu` or `aging` takes for equal.", tieChoices),
      option("counter", "choice", "The counter with which `aging` lets a page in.", {
        ...agingCounterChoices,
        default: "used",
      }),
      option(
        "loaded",
        "choice",
        "Whether policies that look at accessed bits (`clock`, `second-chance`, `enhanced-clock`, `wsclock`, `aging`) find a page used that has just come in.",
        { ...loadedChoices, default: "used" },
      ),
      option("chances", "count", "The most chances that `random-clock` gives a page, 1 to 255: `-b` of OSTEP.", {
        default: "2",
      }),
      option("seed", "count", "Of everything random.", { default: "0" }),
      option("swap", "count", "Slots of swap space, a page each; a backing store without bound when left out.", {
        unit: "pages",
      }),
      option("zswap", "size", "Memory for compressed pages in front of swap space.", { default: "0", unit: "bytes" }),
      option(
        "tlb",
        "count",
        "Entries of a fully associative lookaside buffer that drops the least recently used; 0 has none. `tlb` says more.",
        {
          default: "0",
          unit: "entries",
        },
      ),
      layoutOption,
    ],
    doc: "Turns on virtual memory: from here on, addresses outside heaps and pools go through a page table. An address is a page number times the page size plus an offset; the page table says which frame holds the page. With demand paging a page gets its frame when it is touched first; with `replacement=` another page is evicted when no frame is free.",
    example: "vm page=4KiB frames=100",
  },
  {
    verb: "map",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("page", "count", "Virtual page number."),
        word("->"),
        operand("frame", "count", "Frame number."),
        permissions,
      ],
      [pages, permissions],
    ],
    options: [
      option(
        "huge",
        "size",
        "Maps one huge page of this size, `2MiB` or `1GiB`; its page and frame numbers are multiples of it.",
        {
          unit: "bytes",
        },
      ),
      option("shared", "choice", "The page stays common after a `fork`, and may take a frame that another page has.", {
        choices: ["on", "off"],
        default: "off",
      }),
      option("global", "choice", "The page's translation stays in the lookaside buffer when processes switch.", {
        choices: ["on", "off"],
        default: "off",
      }),
    ],
    doc: "Enters pages into the page table of the current process. Without `->` the lowest free frames are taken, or with demand paging those that are free when a page is touched. Mapping a page twice, a frame that another page holds, and a frame that does not exist are problems.",
    example: "map 0 -> 10",
  },
  {
    verb: "unmap",
    area: "vm",
    binds: "none",
    patterns: [[pages]],
    options: [],
    doc: "Takes pages out of the page table; their frames are free again. The next touch of such a page is a page fault.",
    example: "unmap 0..4",
  },
  {
    verb: "protect",
    area: "vm",
    binds: "none",
    patterns: [[pages, operand("flags", "flags", flagsDoc, { letters: "rwxu" })]],
    options: [],
    doc: "Replaces the permissions of mapped pages, as `mprotect` does.",
    example: "protect 0..4 r-x",
  },
  {
    verb: "translate",
    area: "vm",
    binds: "optional",
    readOnly: true,
    result: "physical address",
    patterns: [[virtual]],
    options: [],
    doc: "Walks the page table: page number, entry, frame, physical address. It counts as a reference, but sets no bits and checks no permission.",
    example: "translate 4096",
  },
  {
    verb: "load",
    area: "vm",
    binds: "optional",
    access: "read",
    result: "number that the bytes make, little-endian",
    patterns: [[virtual, operand("length", "size", "Bytes to read; 1 when left out.", { optional: true })]],
    options: [],
    doc: "Reads through the page table as a processor does: needs `r` and sets the accessed bit.",
    example: "load 0x1000 4",
  },
  {
    verb: "store",
    area: "vm",
    binds: "none",
    access: "write",
    patterns: [[{ ...virtual, changes: true }, operand("value", "value", "The number to store.")]],
    options: [widthOption],
    doc: "Writes through the page table as a processor does: needs `w` and sets the accessed and dirty bits.",
    example: "store 0x1000 42",
  },
  {
    verb: "access",
    area: "vm",
    binds: "none",
    access: "chosen",
    patterns: [[virtual, referenceKind]],
    options: [option("size", "size", "Bytes of the access; 1 when left out.", { unit: "bytes" })],
    doc: "Touches an address without moving bytes: one line of an address trace. An access over the end of a page touches each of its pages.",
    example: "access 0x1000 w size=8",
  },
  {
    verb: "reference",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("pages", "string", "Page numbers with spaces between them, as textbooks write a reference string."),
        referenceKind,
      ],
    ],
    options: [],
    doc: "Touches the first byte of each page in turn: a whole reference string in one step.",
    example: 'reference "7 0 1 2 0 3 0 4"',
  },
];
