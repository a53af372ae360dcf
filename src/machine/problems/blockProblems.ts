import { describeError, type ProblemDescription } from "./description";

/** Mistakes with whole blocks: taking them, giving them back, losing them. */
export const blockProblems = {
  leak: {
    severity: "warning",
    title: "Memory leak",
    explanation:
      "The block was allocated and never freed: its last handle was overwritten, or the script ended. A program that runs long enough uses up all memory so. The report stands at the allocating line, because that is where the missing `free` has its partner. Four kinds are told apart, as Valgrind memcheck does: _definitely lost_, nothing leads to the block; _indirectly lost_, only lost blocks lead to it; _possibly lost_, the only way to it has a pointer into the middle of a block; _still reachable_, a handle leads to it when the script ends. Pointers that `write h1 h2` stored in memory count: aligned words of 8 bytes in live blocks and in the vm's memory.",
    advice: "Free the block before its last handle is overwritten or the script ends.",
    example: "a = alloc 40",
  },
  "double-free": describeError(
    "Double free",
    "The block was freed before. In a real allocator a second `free` puts the same block on the free list twice, so that two later allocations get the same memory. Handles know the block that they came from: a stale handle is refused even when its address has been handed out again, which in C would silently free somebody else's block.",
    "Delete the second free, or clear the handle after the first.",
    "a = alloc 40\nfree a\nfree a",
  ),
  "invalid-free": describeError(
    "Invalid free",
    "Only the address that an allocation returned can be freed. This one was never allocated, or lies inside a block (an interior pointer), or belongs to another allocator: blocks of a pool cannot be resized as blocks of a heap. A real `free` would take the bytes before the address for a header and damage the heap.",
    "Free exactly the address that `alloc` returned, with the allocator that it came from.",
    "a = alloc 40\nfree a + 8\nfree a",
  ),
  "out-of-memory": describeError(
    "Out of memory",
    "No free block serves the request. The message says how much is free in total and how large the largest hole is: when the total would suffice, the memory is there but fragmented, and the message says what `defrag` would give. It names the live blocks that stand in the way: those of the run of neighbouring blocks that would be a large enough hole with the fewest bytes freed. It also says what the policy adds: a free block that it passes over, bytes that wait in quarantine, `max=` of a heap that grows. The handle is set to 0, as a null pointer.",
    "Free blocks, enlarge the heap (or let it `grow=`), or reduce fragmentation with another policy.",
    "heap 1KiB\na = alloc 2000",
  ),
  "pool-exhausted": describeError(
    "Pool exhausted",
    "All blocks of the pool are in use, and it may not grow: a pool is as large as it was declared unless `grow=` adds blocks, and `max=` bounds those of a pool and the slabs of a slab cache.",
    "Free a block first, or declare the pool with more blocks.",
    "pool p 64 x 1\na = alloc 64 from=p\nb = alloc 64 from=p\nfree a",
  ),
  "invalid-size": describeError(
    "Invalid size",
    "A size must be a whole number of bytes, at least 1 and at most 2^53 - 1. A size of 0 or below is nearly always a wrong computation: in C a negative one turns into a huge unsigned number. The product of `calloc` is checked for overflow, and a block of a pool cannot hold more than the pool's block size.",
    "Compute the size so that it is positive and fits.",
    "a = alloc 0",
  ),
  misaligned: describeError(
    "Misaligned",
    "An alignment must be a power of two: 1, 2, 4, 8, 16 and so on. Processors and allocators find aligned addresses by clearing low bits, which works for powers of two alone.",
    "Use a power of two for `align=`.",
    "a = alloc 40 align=24",
  ),
} as const satisfies Record<string, ProblemDescription>;
