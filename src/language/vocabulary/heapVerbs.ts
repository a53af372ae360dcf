import {
  coalesceChoices,
  growthChoices,
  heapPolicyChoices,
  listOrderChoices,
  reallocChoices,
  roundingChoices,
} from "./choices";
import { operand, option } from "./describe";
import type { VerbDescription } from "./vocabularyTypes";

const heapName = operand("name", "name", "The heap; all heaps when left out.", { optional: true, changes: true });

const placement = [
  option(
    "align",
    "size",
    "Address of the payload is a multiple of this, a power of two; the heap's own `align` when left out.",
    {
      unit: "bytes",
    },
  ),
  option(
    "from",
    "name",
    "The heap, pool or slab cache that serves the request; the heap declared first when left out.",
  ),
];

export const heapVerbs: readonly VerbDescription[] = [
  {
    verb: "heap",
    area: "heap",
    binds: "none",
    declares: true,
    patterns: [
      [
        operand("name", "name", "Name for `from=` and for statistics such as `main.used`; `heap` when left out.", {
          optional: true,
          binds: true,
        }),
        operand("size", "size", "Bytes at the start, headers included."),
      ],
    ],
    options: [
      option(
        "policy",
        "choice",
        "Which free block serves a request. The fits search one free list; ties go to the candidate nearest its head.",
        {
          ...heapPolicyChoices,
          default: "first-fit",
        },
      ),
      option(
        "in",
        "name",
        "The running process in whose region `heap` the heap lies; the region grows as the heap needs. Its bytes are pages then: writing faults them in and is counted, and its addresses mean the heap while the process runs. A `fork` copies the bytes, not the heap; `exit` ends it. Needs demand paging.",
        { names: "process" },
      ),
      option(
        "order",
        "choice",
        "Where a freed block enters the free list, apart from its place in memory. Under `buddy`, which of the free blocks of one size goes first: `address` or `lifo`. Policies with one order of their own, such as `tlsf` and `run-fit`, keep that.",
        {
          ...listOrderChoices,
          default: "address",
        },
      ),
      option(
        "coalesce",
        "choice",
        "When free neighbours merge: at each free, only when an allocation would fail or on `coalesce`, only on `coalesce`, or by one pass along the list at each free. Under `buddy` the neighbours are buddies; under `bump` nothing merges.",
        { ...coalesceChoices, default: "immediate" },
      ),
      option(
        "rounding",
        "choice",
        "How large a new block is under `tlsf`: as large as the request needs, or as the smallest of the size class that serves it, as in version 2.4.6. A block that was rounded up serves the same request again once it is free.",
        { ...roundingChoices, default: "request" },
      ),
      option("header", "size", "Bytes before each payload. 32 hold size, flags, next and prev, 8 bytes each.", {
        default: "32",
        unit: "bytes",
      }),
      option(
        "footer",
        "size",
        "Bytes after each payload, a copy of the block's size (boundary tag); 4 of them beside a header of 4 copy its used bit too.",
        {
          default: "0",
          unit: "bytes",
        },
      ),
      option("align", "size", "Requests are rounded up to a multiple of this; 1 rounds nothing.", {
        default: "8",
        unit: "bytes",
      }),
      option(
        "min",
        "size",
        "Smallest block with header and footer; a smaller remainder is not split off. Header + footer + align when left out.",
        { unit: "bytes" },
      ),
      option(
        "base",
        "address",
        "Address of the first byte; the next free 64 KiB boundary from 0x10000 on when left out.",
      ),
      option(
        "grow",
        "size",
        "Step by which the heap extends when nothing fits, as `sbrk` does, or its last block is resized; 0 never grows.",
        {
          default: "0",
          unit: "bytes",
        },
      ),
      option(
        "growth",
        "choice",
        "How far a heap with `grow` extends: by the least multiple of it that serves, or by `grow` or the whole block needed, whichever is larger, as CS:APP's allocator does.",
        { ...growthChoices, default: "multiple" },
      ),
      option("max", "size", "Largest size a growing heap may reach; 1 TiB when left out.", { unit: "bytes" }),
      option(
        "trim",
        "size",
        "Bytes of the free block at the end from which a heap with `grow=` gives memory back, as `malloc_trim` and `M_TRIM_THRESHOLD` of glibc do: whole steps of `grow`, down to its size at the start. Nothing is given back when left out.",
        { unit: "bytes" },
      ),
      option(
        "realloc",
        "choice",
        "Whether `realloc` resizes a block in place where it can, or always allocates, copies and frees.",
        { ...reallocChoices, default: "in-place" },
      ),
      option(
        "redzone",
        "size",
        "Guard bytes before and after each payload, rounded up to a multiple of `align` and filled with 0xfd, as debug allocators have them: an access that lands there is out of bounds, and `check` and `free` tell when they were written over.",
        { default: "0", unit: "bytes" },
      ),
      option(
        "fresh",
        "value",
        "The byte that a fresh payload is filled with: 0xcd in Microsoft's debug heap, 0xa5 in FreeBSD's. Reading it before writing is still a problem. Nothing is filled when left out.",
      ),
      option(
        "freed",
        "value",
        "The byte that a freed payload is filled with: 0xdd in Microsoft's debug heap, 0x5a in FreeBSD's, the value of `MALLOC_PERTURB_` in glibc's. Nothing is filled when left out.",
      ),
      option(
        "quarantine",
        "size",
        "Bytes of freed blocks, headers included, that wait before they are free again; the oldest leaves first. A use after free then meets memory that belongs to nobody else. An allocation that fails does not empty it, `defrag` does.",
        { default: "0", unit: "bytes" },
      ),
    ],
    doc: "Creates a heap: an arena of bytes that `alloc` carves blocks from. Each block has a header in front of its payload, and free blocks hang on a free list whose order need not be the order of addresses. Without any `heap` line, `alloc` uses a heap of 1 MiB with the defaults.",
    example: "heap main 64KiB policy=best-fit order=lifo",
  },
  {
    verb: "alloc",
    area: "heap",
    binds: "optional",
    result: "address of the payload",
    patterns: [
      [
        operand(
          "size",
          "size",
          "Bytes that the payload must hold; the block size of a pool or slab cache when left out.",
          {
            optional: true,
          },
        ),
      ],
    ],
    options: placement,
    doc: "Allocates a block and binds its payload's address to the handle. The size may be left out with `from=` a pool or slab cache. The heap's policy picks a free block; what is left of it stays free when it is large enough for a block of its own. The bytes are uninitialised: reading them before writing is a problem.",
    example: "a = alloc 100",
  },
  {
    verb: "calloc",
    area: "heap",
    binds: "optional",
    result: "address of the payload",
    patterns: [[operand("count", "count", "Number of elements."), operand("size", "size", "Bytes of one element.")]],
    options: placement,
    doc: "Allocates an array of zeroed elements. The product of count and size is checked: an overflow is a problem and not a small block, as it was in old C libraries.",
    example: "table = calloc 16 8",
  },
  {
    verb: "realloc",
    area: "heap",
    binds: "optional",
    result: "address of the payload, moved or not",
    patterns: [
      [
        operand("block", "place", "The block to resize.", { changes: true, live: true }),
        operand("size", "size", "Bytes that the payload must hold."),
      ],
    ],
    options: [],
    doc: "Resizes a block. It shrinks in place, grows in place when the next block is free and large enough or when it is at the end of a heap that may still grow (`grow=`), and otherwise moves: the bytes are copied and the old block is freed. After a move every other handle to the old place dangles.",
    example: "a = realloc a 300",
  },
  {
    verb: "free",
    area: "heap",
    binds: "none",
    patterns: [[operand("block", "place", "A handle or the address of a payload.", { changes: true, live: true })]],
    options: [],
    doc: "Gives a block back to its heap or pool. A second free, an address inside a block and an address that was never allocated are refused, each with its own reason. Freeing address 0 does nothing.",
    example: "free a",
  },
  {
    verb: "coalesce",
    area: "heap",
    binds: "none",
    reports: true,
    patterns: [[heapName]],
    options: [],
    doc: "Merges all free blocks that touch. With `coalesce=deferred` or `never` this is where holes become large again. The merged holes are reported.",
    example: "coalesce",
  },
  {
    verb: "defrag",
    area: "heap",
    binds: "none",
    reports: true,
    patterns: [[heapName]],
    options: [],
    doc: "Compacts: lets the quarantine go, slides the live blocks to the low end, so that one hole remains, and updates the handles. Every move is reported, and the largest hole, the free blocks and the external fragmentation before and after. Only a language whose pointers the runtime can find is able to do this; C cannot.",
    example: "defrag main",
  },
  {
    verb: "check",
    area: "heap",
    binds: "none",
    readOnly: true,
    patterns: [[operand("name", "name", "A heap, pool or slab cache; everything when left out.", { optional: true })]],
    options: [],
    doc: "Compares what the allocators wrote into memory with what must be there: a heap's headers, sizes and links, the links in a pool's free blocks, a slab's bookkeeping, and red zones. Damage is reported together with the line that did it.",
    example: "check",
  },
  {
    verb: "stats",
    area: "heap",
    binds: "none",
    readOnly: true,
    patterns: [[operand("name", "name", "A heap, pool or slab cache; everything when left out.", { optional: true })]],
    options: [],
    doc: "Prints the statistics: allocations, bytes in use and at the peak, holes, utilization and fragmentation; hits and faults of the virtual memory.",
    example: "stats",
  },
  {
    verb: "layout",
    area: "heap",
    binds: "none",
    readOnly: true,
    patterns: [[operand("name", "name", "A heap, pool or slab cache; everything when left out.", { optional: true })]],
    options: [],
    doc: "Prints the blocks in address order and the free list in list order.",
    example: "layout main",
  },
];
