import { cacheKindChoices, cachePolicyChoices, cacheWriteChoices, writebackChoices } from "./choices";
import { operand, option } from "./describe";
import type { VerbDescription } from "./vocabularyTypes";

const onOff = ["on", "off"] as const;

export const cacheVerbs: readonly VerbDescription[] = [
  {
    verb: "cache",
    area: "cache",
    binds: "none",
    declares: true,
    patterns: [
      [
        operand("name", "name", "Name of the cache: `L1`, `L2` …", { binds: true }),
        operand("size", "size", "Bytes of all its lines: sets × `ways=` × `line=`."),
      ],
    ],
    options: [
      option(
        "ways",
        "count",
        "Lines of a set; 8, or all lines of a smaller cache, when left out. As many as there are lines: fully associative. 1: direct mapped.",
        {
          unit: "lines",
        },
      ),
      option("line", "size", "Bytes of a line, a power of two.", { default: "64", unit: "bytes" }),
      option(
        "policy",
        "choice",
        "Which line of a set makes room. `tree-plru` keeps a bit for each fork of a tree over the ways, as many processors do.",
        {
          ...cachePolicyChoices,
          default: "lru",
        },
      ),
      option(
        "write",
        "choice",
        "`back`: a written line is dirty, and goes down when it leaves. `through`: each write goes down at once.",
        {
          ...cacheWriteChoices,
          default: "back",
        },
      ),
      option("allocate", "choice", "Whether a write that misses brings its line in.", {
        choices: onOff,
        default: "on",
      }),
      option("kind", "choice", "Which references come here: all, or `instruction` fetches (`access … x`), or `data`.", {
        ...cacheKindChoices,
        default: "unified",
      }),
      option("inclusive", "choice", "A line that leaves takes its copies in the caches above along.", {
        choices: onOff,
        default: "off",
      }),
      option("writebacks", "choice", "What a dirty line that comes from the cache above is here.", {
        ...writebackChoices,
        default: "uncounted",
      }),
      option(
        "latency",
        "count",
        "Cycles of a look-up; 4 for the first level, 10 for the second and 30 for the others when left out.",
        {
          unit: "cycles",
        },
      ),
    ],
    doc: "Puts a cache between the processor and memory, below the caches declared before; from here on, all caches begin empty. Every reference goes through them by its physical address; without a `vm` addresses are physical. A reference that straddles two lines is one miss at most, and one of more bytes than a line has is one reference for each line. Misses are `compulsory` (the first reference to the line), `capacity` (a fully associative LRU cache of the same size would miss too) or `conflict`.",
    example: "cache L1 32KiB ways=8 line=64 policy=lru write=back",
  },
  {
    verb: "latency",
    area: "cache",
    binds: "none",
    declares: true,
    patterns: [[]],
    options: [
      option("tlb", "count", "Cycles of a look-up in the lookaside buffer, hit or miss; 0 when never said.", {
        unit: "cycles",
      }),
      option("memory", "count", "Cycles of an access to memory; 200 when never said.", { unit: "cycles" }),
      option("disk", "count", "Cycles that a page fault waits for the disk; 10,000,000 when never said.", {
        unit: "cycles",
      }),
    ],
    doc: "Says how long the lookaside buffer, memory and the disk take. A reference costs the latency of each cache it looks into, and that of memory when it comes there; that is `amat`, the average memory access time. `effectiveAccessTime` also counts the look-up in the lookaside buffer, the walks of the page table, an access to memory for each level unless the lookaside buffer hits, and the disk at each page fault. Both need no cache: without one every reference goes to memory. Registers cost nothing here.",
    example: "latency tlb=2 memory=100 disk=5000000",
  },
];
