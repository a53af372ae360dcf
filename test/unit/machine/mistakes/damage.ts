import type { MistakeClass } from "./classes";

/**
 * Damage to the allocator's own bytes: reported by the line that does it, then once by each kind of operation that
 * reads the damaged field, as glibc's checks of malloc.c would trip over it.
 */
export const damageClasses: readonly MistakeClass[] = [
  {
    peer: 'glibc "free(): invalid size": free reads its own size',
    script: "a = alloc 40\nb = alloc 40\nwrite a - 32 7 width=8\nfree a\nfree b",
    problems: ["heap-underflow@3", "heap-corruption@3", "heap-corruption@4"],
  },
  {
    peer: 'glibc "free(): invalid next size": free reads the size of the block behind',
    script: "a = alloc 40\nb = alloc 40\nwrite a + 40 7 width=8\nfree a\nfree b",
    problems: ["heap-overflow@3", "heap-corruption@3", "heap-corruption@4"],
  },
  {
    peer: 'glibc "double free or corruption (!prev)": free reads the mark of the block behind',
    script: "a = alloc 40\nb = alloc 40\nwrite a + 48 0 width=8\nfree a\nfree b",
    problems: ["heap-overflow@3", "heap-corruption@3", "heap-corruption@4"],
  },
  {
    peer: 'glibc "corrupted double-linked list": free merges a neighbour whose links are damaged',
    script: "a = alloc 40\nb = alloc 40\nc = alloc 40\nfree b\nwrite b - 16 7 width=8\nfree a\nfree c",
    problems: ["use-after-free@5", "heap-corruption@5", "heap-corruption@6"],
  },
  {
    peer: 'glibc "corrupted size vs. prev_size": free reads the footer of the block before',
    script: "heap 1KiB footer=8\na = alloc 40\nb = alloc 40\nwrite a + 40 7 width=8\nfree b\nfree a",
    problems: ["heap-overflow@4", "heap-corruption@4", "heap-corruption@5"],
  },
  {
    peer: "the links in a used block's header are read by nobody",
    script: "a = alloc 40\nwrite a - 16 7 width=8\nfree a",
    problems: ["heap-underflow@2", "heap-corruption@2"],
  },
  {
    peer: "without merging at once, free reads its own fields and those behind it alone",
    script: "heap 1KiB coalesce=never\na = alloc 40\nb = alloc 40\nwrite a - 32 7 width=8\nfree b\nfree a",
    problems: ["heap-underflow@4", "heap-corruption@4", "heap-corruption@6"],
  },
  {
    peer: 'glibc "realloc(): invalid old size"',
    script: "a = alloc 40\nwrite a - 32 7 width=8\na = realloc a 48\nfree a",
    problems: ["heap-underflow@2", "heap-corruption@2", "heap-corruption@3"],
  },
  {
    peer: 'glibc "malloc(): invalid size (unsorted)": alloc takes the damaged block',
    script: "a = alloc 40\nwrite a + 40 7 width=8\nb = alloc 8\nfree a\nfree b",
    problems: ["heap-overflow@2", "heap-corruption@2", "heap-corruption@3"],
  },
  {
    peer: 'glibc "malloc(): unsorted double linked list corrupted": the search passes a damaged link',
    script:
      "a = alloc 8\nb = alloc 8\nc = alloc 8\nfree b\nwrite b - 16 7 width=8\nd = alloc 400\nfree d\nfree a\nfree c",
    problems: ["use-after-free@5", "heap-corruption@5", "heap-corruption@6"],
  },
  {
    peer: "alloc does not look behind the block that it takes",
    script:
      "a = alloc 8\nb = alloc 8\nc = alloc 8\nd = alloc 8\nfree a\nfree c\nwrite d - 32 7 width=8\na = alloc 8\nfree a\nfree b",
    problems: ["heap-underflow@7", "heap-corruption@7", "leak@4"],
  },
  {
    peer: "coalesce walks over everything, and says a damage once",
    script: "a = alloc 40\nb = alloc 40\nwrite a + 40 7 width=8\ncoalesce\ncoalesce\ndefrag\ncheck\nfree a\nfree b",
    problems: ["heap-overflow@3", "heap-corruption@3", "heap-corruption@4", "heap-corruption@6"],
  },
  {
    peer: "a field that the allocator has written anew trips nobody",
    script:
      "a = alloc 40\nb = alloc 40\nc = alloc 40\nwrite a - 32 7 width=8\na = realloc a 20\nfree a\ncheck\nfree b\nfree c",
    problems: ["heap-underflow@4", "heap-corruption@4", "heap-corruption@5", "heap-corruption@6"],
  },
  {
    peer: 'glibc "malloc(): unaligned tcache chunk detected": the link in a pool\'s free block',
    script: "pool p 16 x 3\na = alloc from=p\nfree a\nwrite a 7 width=8\na = alloc from=p\nfree a",
    problems: ["use-after-free@4", "heap-corruption@4", "heap-corruption@5"],
  },
  {
    peer: "check finds the link in a pool's free block",
    script: "pool p 16 x 3\na = alloc from=p\nfree a\nwrite a 7 width=8\ncheck p\ncheck",
    problems: ["use-after-free@4", "heap-corruption@4", "heap-corruption@5", "heap-corruption@6"],
  },
  {
    peer: "check finds the bookkeeping of a slab",
    script: "slab s 64 base=0x20000\na = alloc from=s\nwrite 0x20000 7\ncheck s\nfree a",
    problems: ["heap-corruption@3", "heap-corruption@4"],
  },
  {
    peer: "check and free find the red zone of a pool's block; another block's zone is sound",
    script:
      "pool p 32 x 4 redzone=8 align=16 base=0x20000\na = alloc from=p\nb = alloc from=p\nfill a + 32 3 1\ncheck p\nfree a\nfree b\ncheck p",
    problems: ["heap-overflow@4", "heap-corruption@5", "heap-corruption@6"],
  },
  {
    peer: "check of a pool carved out of a heap finds the zone, and the heap is sound",
    script:
      "heap 4KiB\npool p 32 x 4 redzone=8 from=heap\na = alloc from=p\nwrite a - 1 0\ncheck heap\ncheck\nfree a\ndestroy p",
    problems: ["heap-underflow@4", "heap-corruption@6", "heap-corruption@7"],
  },
];
