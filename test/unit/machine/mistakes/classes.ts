/** A class of mistake that another tool reports, and the script that makes it. */
export interface MistakeClass {
  /** Who reports it, under which name. */
  readonly peer: string;
  readonly script: string;
  /** `id@line` of every problem; what they say is in the golden file. */
  readonly problems: readonly string[];
}

/**
 * The classes of AddressSanitizer (asan_errors.h), LeakSanitizer, Valgrind memcheck (mc_errors.c), glibc's malloc and
 * mtrace that a script can make. Left out, because a script has nothing to make them with: stacks, globals, C++'s
 * typed delete, sized free, containers, jumps, system calls. `sizeof` and comparisons of pointers are questions about
 * the simulation, so asking them of a dead block is no mistake.
 */
export const mistakeClasses: readonly MistakeClass[] = [
  {
    peer: "AddressSanitizer heap-buffer-overflow, memcheck InvalidWrite after a block",
    script: "a = alloc 40\nb = alloc 40\nwrite a + 41 1 width=4\nfree a\nfree b",
    problems: ["heap-overflow@3", "heap-corruption@3", "heap-corruption@4"],
  },
  {
    peer: "AddressSanitizer heap-buffer-overflow across the end",
    script: "a = alloc 40\nwrite a + 38 1 width=4\nfree a",
    problems: ["heap-overflow@2", "heap-corruption@2", "heap-corruption@3"],
  },
  {
    peer: "heap-buffer-overflow far beyond the heap",
    script: "heap 1KiB\na = alloc 40\nwrite a + 5000 1\nfree a",
    problems: ["heap-overflow@3"],
  },
  {
    peer: "overflow that jumps over red zones into another live block (missed by AddressSanitizer)",
    script: "a = alloc 40\nb = alloc 40\nc = alloc 40\nwrite a + 144 1\nfree a\nfree b\nfree c",
    problems: ["heap-overflow@4"],
  },
  {
    peer: "overflow that runs through a whole neighbour",
    script: "a = calloc 5 8\nb = calloc 5 8\nread a 200\nfree a\nfree b",
    problems: ["heap-overflow@3"],
  },
  {
    peer: "AddressSanitizer heap-buffer-underflow, memcheck InvalidRead before a block",
    script: "a = alloc 40\nread a - 8 8\nfree a",
    problems: ["heap-underflow@2"],
  },
  {
    peer: "underflow that lands in another live block",
    script: "a = alloc 40\nb = alloc 40\nwrite b - 40 1\nfree a\nfree b",
    problems: ["heap-underflow@3"],
  },
  {
    peer: "AddressSanitizer heap-use-after-free",
    script: "a = calloc 5 8\nb = alloc 40\nfree a\nread a + 4 4\nfree b",
    problems: ["use-after-free@4"],
  },
  {
    peer: "use after the address was given to somebody else (missed by AddressSanitizer, memcheck)",
    script: "a = alloc 40\nfree a\nb = alloc 24\nwrite a + 4 1\nfree b",
    problems: ["use-after-free@4"],
  },
  {
    peer: "use of the old pointer after realloc moved the block",
    script: "a = calloc 5 8\nb = alloc 8\nold = a\na = realloc a 400\nread old 4\nfree a\nfree b",
    problems: ["use-after-free@5"],
  },
  {
    peer: "memcheck: use of a pool's block after its pool was destroyed",
    script: "pool p 16 x 2\nk = alloc 16 from=p\nread k 0\nfree k\nk = alloc 16 from=p\ndestroy p\nread k 1",
    problems: ["leak@5", "use-after-free@7"],
  },
  {
    peer: "AddressSanitizer double-free, glibc: double free detected",
    script: "a = alloc 40\nfree a\nfree a",
    problems: ["double-free@3"],
  },
  {
    peer: "stale free of a re-used address (frees somebody else's block in C)",
    script: "a = alloc 40\nfree a\nb = alloc 40\nfree a\nfree b",
    problems: ["double-free@4"],
  },
  {
    peer: "double free after realloc moved the block",
    script: "a = alloc 40\nb = alloc 8\nold = a\na = realloc a 400\nfree old\nfree a\nfree b",
    problems: ["double-free@5"],
  },
  {
    peer: "realloc of a freed block",
    script: "a = alloc 40\nfree a\na = realloc a 80",
    problems: ["use-after-free@3"],
  },
  {
    peer: "AddressSanitizer bad-free, mtrace: free was never alloc'd",
    script: "heap 1MiB\nfree 0x20000",
    problems: ["invalid-free@2"],
  },
  {
    peer: "bad-free of an interior pointer, glibc free(): invalid pointer",
    script: "a = alloc 40\nfree a + 8\nfree a",
    problems: ["invalid-free@2"],
  },
  {
    peer: "bad-free of a pointer into the header",
    script: "a = alloc 40\nfree a - 8\nfree a",
    problems: ["invalid-free@2"],
  },
  {
    peer: "bad-free of a pointer past the end",
    script: "a = alloc 40\nfree a + 40\nfree a",
    problems: ["invalid-free@2"],
  },
  {
    peer: "free(NULL): allowed",
    script: "a = 0\nfree a",
    problems: [],
  },
  {
    peer: "AddressSanitizer alloc-dealloc-mismatch, memcheck MismatchedFree: realloc of a pool's block",
    script: "pool p 16 x 2\nk = alloc 16 from=p\nk = realloc k 32\nfree k",
    problems: ["invalid-free@3"],
  },
  {
    peer: "memcheck InvalidMemPool: free of a pool's block after its pool was destroyed",
    script: "pool p 16 x 2\nk = alloc 16 from=p\ndestroy p\nfree k",
    problems: ["leak@2", "double-free@4"],
  },
  {
    peer: "AddressSanitizer calloc-overflow",
    script: "a = calloc 0x100000000 0x100000000",
    problems: ["invalid-size@1"],
  },
  {
    peer: "memcheck FishyValue: a size that is negative",
    script: "a = alloc 3 - 10",
    problems: ["invalid-size@1"],
  },
  {
    peer: "AddressSanitizer negative-size-param",
    script: "a = alloc 40\nfill a 3 - 10 0\nfree a",
    problems: ["invalid-size@2"],
  },
  {
    peer: "memcheck ReallocSizeZero",
    script: "a = alloc 40\na = realloc a 0\nfree a",
    problems: ["invalid-size@2"],
  },
  {
    peer: "malloc(0)",
    script: "a = alloc 0",
    problems: ["invalid-size@1"],
  },
  {
    peer: "AddressSanitizer invalid-allocation-alignment, memcheck InvalidAlignment",
    script: "a = alloc 40 align=24",
    problems: ["misaligned@1"],
  },
  {
    peer: "AddressSanitizer memcpy-param-overlap, memcheck Overlap",
    script: "a = calloc 5 8\ncopy a + 8 a 16\nfree a",
    problems: ["overlap@2"],
  },
  {
    peer: "copy of a range onto itself: allowed",
    script: "a = calloc 5 8\ncopy a a 16\nfree a",
    problems: [],
  },
  {
    peer: "memcheck UninitValue",
    script: 'a = alloc 40\nwrite a "abc"\nread a 8\nfree a',
    problems: ["uninitialized-read@3"],
  },
  {
    peer: "AddressSanitizer null-deref",
    script: "a = 0\nread a 4",
    problems: ["wild-access@2"],
  },
  {
    peer: "null-deref at an offset, after an allocation that failed",
    script: "heap 1KiB\nexpect problem out-of-memory\na = alloc 4KiB\nwrite a + 16 1",
    problems: ["wild-access@4"],
  },
  {
    peer: "AddressSanitizer wild-addr-write",
    script: "write 0xdead0000 1",
    problems: ["wild-access@1"],
  },
  {
    peer: "memcheck InvalidRead of free space near a block",
    script: "a = alloc 40\nread a + 0 0\nread 0x10080 4\nfree a",
    problems: ["wild-access@3"],
  },
  {
    peer: "mtrace: memory not freed, LeakSanitizer direct leak",
    script: "a = alloc 40",
    problems: ["leak@1"],
  },
];
