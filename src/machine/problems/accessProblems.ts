import { describeError, type ProblemDescription } from "./description";

/** Mistakes with bytes: reading and writing where one must not. */
export const accessProblems = {
  "use-after-free": describeError(
    "Use after free",
    "The block was freed before this line touches it. The bytes may still look right, may be links of the free list, or may belong to a new owner by now; tools that only look at addresses miss the last case, provenance does not. Attackers live on this mistake.",
    "Use the block before it is freed, or free it later.",
    'a = alloc 40\nfree a\nwrite a "late"',
  ),
  "heap-overflow": describeError(
    "Heap overflow",
    "The access goes past the last byte of its block. The bytes are really read or written, as in life: what lies behind is padding, the next block's header, or another block's data. A pointer that comes from one block and lands in another is an overflow too, although the address belongs to somebody.",
    "Allocate enough bytes, or access fewer.",
    "a = alloc 37\nfill a 38 0\nfree a",
  ),
  "heap-underflow": describeError(
    "Heap underflow",
    "The access begins before the first byte of its block, where the block's own header lies (or its neighbour).",
    "Check the computation of the address: offsets into a block are never negative.",
    "a = alloc 40\nread a - 4 4\nfree a",
  ),
  "heap-corruption": describeError(
    "Heap corruption",
    "A write changed bytes that belong to the allocator: the size, flags or links in a block's header, its footer, or the link in a free block of a pool. With `redzone=` also the guard bytes around a payload, with `freed=` and `quarantine=` the pattern in a freed one: `check`, `free` and `realloc` compare them, as debug allocators do. A real allocator notices much later, at some innocent `free`, or never; MemScript keeps the truth beside the bytes, and so names the line that did the damage, the field, and both values. The operation that would have tripped over it (`free` and `realloc` of the block and its neighbours, `alloc` from the list, `coalesce`, `defrag`) is reported too, once for each kind, with the check at which glibc aborts; it is done right all the same, by the truth.",
    "Correct the write that did the damage: it leaves its block.",
    "a = alloc 40\nwrite 0x10000 99\nfree a",
  ),
  "uninitialized-read": describeError(
    "Uninitialized read",
    "These bytes were never written since the block was allocated. They hold whatever the memory held before: another block's old data, perhaps secrets, and different values in each run. `calloc` zeroes its block, `alloc` does not.",
    "Write the bytes first, or allocate with `calloc`.",
    "a = alloc 40\nread a 4\nfree a",
  ),
  overlap: {
    severity: "warning",
    title: "Overlapping copy",
    explanation:
      "Source and destination of a `copy` share bytes. `copy` moves them as C's `memmove` does, as if through a buffer, so the result is right here. The same call of `memcpy` is undefined: it may copy in any direction, and then reads bytes that it has overwritten already. A copy of a range onto itself changes nothing and is not reported.",
    advice:
      "Copy between ranges that do not overlap, or, when the move is meant, say so with `expect problem overlap` on the line above.",
    example: "a = calloc 4 8\ncopy a + 8 a 16\nfree a",
  },
  "wild-access": describeError(
    "Wild access",
    "The address belongs to no block: it is 0 (a null pointer, such as a failed allocation leaves behind), lies outside every heap and pool, or in heap space that was never handed out. A real program dies of a segmentation fault here, if it is lucky.",
    "Use an address that comes from an allocation; check for 0 after an allocation that may fail.",
    "write 0x10 1",
  ),
} as const satisfies Record<string, ProblemDescription>;
