import { widthOption } from "./byteVerbs";
import { operand, option, word } from "./describe";
import type { VerbDescription } from "./vocabularyTypes";

const virtual = operand("address", "address", "A virtual address.");
const pages = operand("pages", "range", "One page number, or page numbers `first..end` without the end.");
const flagsDoc = "Letters of `rwxu`: read, write, execute, user. `-` holds a place, `none` permits nothing.";

export const vmVerbs: readonly VerbDescription[] = [
  {
    verb: "vm",
    area: "vm",
    binds: "none",
    patterns: [[]],
    options: [
      option("page", "size", "Bytes of a page and of a frame.", { default: "4KiB", unit: "bytes" }),
      option("frames", "count", "Frames of physical memory.", { default: "256", unit: "frames" }),
      option("pages", "count", "Pages of the virtual address space.", { default: "1048576", unit: "pages" }),
    ],
    doc: "Turns on virtual memory: from here on, addresses outside heaps and pools go through a page table. An address is a page number times the page size plus an offset; the page table says which frame holds the page.",
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
        operand("flags", "flags", `${flagsDoc} \`rwu\` when left out.`, { optional: true, letters: "rwxu" }),
      ],
      [pages, operand("flags", "flags", `${flagsDoc} \`rwu\` when left out.`, { optional: true, letters: "rwxu" })],
    ],
    options: [],
    doc: "Enters pages into the page table. Without `->` the lowest free frames are taken. Mapping a page twice, a frame that another page holds, and a frame that does not exist are problems.",
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
    patterns: [[virtual, operand("value", "value", "The number to store.")]],
    options: [widthOption],
    doc: "Writes through the page table as a processor does: needs `w` and sets the accessed and dirty bits.",
    example: "store 0x1000 42",
  },
  {
    verb: "access",
    area: "vm",
    binds: "none",
    patterns: [
      [
        virtual,
        operand("kind", "choice", "Read, write or execute; `r` when left out.", {
          optional: true,
          choices: ["r", "w", "x"],
        }),
      ],
    ],
    options: [],
    doc: "Touches an address without moving bytes: one line of an address trace.",
    example: "access 0x1000 w",
  },
];
