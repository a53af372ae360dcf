/** A heap at the end of a script, and what memcheck would say about each of its blocks. */
export interface LeakCase {
  readonly name: string;
  readonly script: string;
  /** `KIND BYTES` of each block that is live at the end, in the order of allocation; sizes tell the blocks apart. */
  readonly leaks: readonly string[];
}

/**
 * The nine pointer cases of the Valgrind manual (mc-manual, "Memory leak detection"), as the manual numbers them, then
 * the shapes of memcheck's own tests leak-cases, leak-tree, leak-cycle and leak-pool. RRR is a handle, AAA has 16
 * bytes, BBB 24; `->` is a start pointer, `-?->` an interior one.
 */
export const leakCases: readonly LeakCase[] = [
  { name: "1: RRR -> BBB", script: "b = alloc 24", leaks: ["still reachable 24"] },
  {
    name: "2: RRR -> AAA -> BBB",
    script: "a = alloc 16\nb = alloc 24\nwrite a b\nb = 0",
    leaks: ["still reachable 16", "still reachable 24"],
  },
  { name: "3: RRR, BBB", script: "b = alloc 24\nb = 0", leaks: ["definitely lost 24"] },
  {
    name: "4: RRR, AAA -> BBB",
    script: "a = alloc 16\nb = alloc 24\nwrite a b\nb = 0\na = 0",
    leaks: ["definitely lost 16", "indirectly lost 24"],
  },
  { name: "5: RRR -?-> BBB", script: "b = alloc 24\nb = b + 8", leaks: ["possibly lost 24"] },
  {
    name: "6: RRR -> AAA -?-> BBB",
    script: "a = alloc 16\nb = alloc 24\nwrite a b + 8\nb = 0",
    leaks: ["still reachable 16", "possibly lost 24"],
  },
  {
    name: "7: RRR -?-> AAA -> BBB",
    script: "a = alloc 16\nb = alloc 24\nwrite a b\nb = 0\na = a + 8",
    leaks: ["possibly lost 16", "possibly lost 24"],
  },
  {
    name: "8: RRR -?-> AAA -?-> BBB",
    script: "a = alloc 16\nb = alloc 24\nwrite a b + 8\nb = 0\na = a + 8",
    leaks: ["possibly lost 16", "possibly lost 24"],
  },
  {
    name: "9: RRR, AAA -?-> BBB",
    script: "a = alloc 16\nb = alloc 24\nwrite a b + 8\nb = 0\na = 0",
    leaks: ["definitely lost 16", "indirectly lost 24"],
  },
  {
    name: "a better way found later wins: interior first, start second",
    script: "a = alloc 16\nb = alloc 24\nwrite a b + 8\nwrite a + 8 b\nb = 0",
    leaks: ["still reachable 16", "still reachable 24"],
  },
  {
    name: "a tree whose root is lost",
    script:
      "r = alloc 16\nl = alloc 24\nm = alloc 32\nn = alloc 40\nwrite r l\nwrite r + 8 m\nwrite l n\nn = 0\nm = 0\nl = 0\nr = 0",
    leaks: ["definitely lost 16", "indirectly lost 24", "indirectly lost 32", "indirectly lost 40"],
  },
  {
    name: "a cycle: its lowest block is the head",
    script: "a = alloc 16\nb = alloc 24\nwrite a b\nwrite b a\na = 0\nb = 0",
    leaks: ["definitely lost 16", "indirectly lost 24"],
  },
  {
    name: "a cycle that a lost block leads to is lost with it",
    script: "a = alloc 16\nb = alloc 24\nc = alloc 32\nwrite a b\nwrite b a\nwrite c a\na = 0\nb = 0\nc = 0",
    leaks: ["indirectly lost 16", "indirectly lost 24", "definitely lost 32"],
  },
  {
    name: "a cycle that a lost block leads to at its far end",
    script: "a = alloc 16\nc = alloc 32\nb = alloc 24\nwrite a b\nwrite b a\nwrite c b\na = 0\nb = 0\nc = 0",
    leaks: ["indirectly lost 16", "definitely lost 32", "indirectly lost 24"],
  },
  {
    name: "a block that leads to itself",
    script: "a = alloc 16\nwrite a a\na = 0",
    leaks: ["definitely lost 16"],
  },
  {
    name: "blocks of a pool, as leak-pool's",
    script: "pool p 32 x 4\na = alloc 16 from=p\nb = alloc 24 from=p\nc = alloc 32 from=p\nwrite a b\nb = 0\nc = 0",
    leaks: ["still reachable 16", "still reachable 24", "definitely lost 32"],
  },
  {
    name: "a pointer from a pool's block into a heap, and back",
    script: "pool p 32 x 4\na = alloc 16 from=p\nb = alloc 24\nwrite a b\nwrite b a + 4\na = 0\nb = 0",
    leaks: ["definitely lost 16", "indirectly lost 24"],
  },
  {
    name: "a pointer at an address that is no multiple of 8 does not count",
    script: "a = alloc 16\nb = alloc 24\nwrite a + 4 b\nb = 0",
    leaks: ["still reachable 16", "definitely lost 24"],
  },
  {
    name: "half a pointer does not count, in zeroed memory it is a whole one",
    script:
      "a = alloc 16\nz = calloc 1 17\nb = alloc 24\nc = alloc 32\nwrite a b width=4\nwrite z c width=4\nb = 0\nc = 0",
    leaks: ["still reachable 16", "still reachable 17", "definitely lost 24", "still reachable 32"],
  },
  {
    name: "the pointer in a freed block is gone",
    script: "a = alloc 16\nb = alloc 24\nwrite a b\nb = 0\nfree a",
    leaks: ["definitely lost 24"],
  },
  {
    name: "an overwritten pointer is gone, a copied one counts",
    script: "a = alloc 16\nb = alloc 24\nc = alloc 32\nwrite a b\nwrite a + 8 c\ncopy a a + 8 8\nb = 0\nc = 0",
    leaks: ["still reachable 16", "definitely lost 24", "still reachable 32"],
  },
  {
    name: "a number read back from memory is a pointer",
    script: "a = alloc 16\nb = alloc 24\nwrite a b\np = load a 8\nb = 0\nfree a",
    leaks: ["still reachable 24"],
  },
  {
    name: "a dangling handle does not reach the new owner of its address",
    script: "a = alloc 24\nfree a\nb = alloc 24\nb = 0",
    leaks: ["definitely lost 24"],
  },
  {
    name: "the vm's memory is a root",
    script: "vm frames=4\nmap 0 -> 1\nb = alloc 24\nstore 8 b\nb = 0",
    leaks: ["still reachable 24"],
  },
  {
    name: "the address of a block at 0 is no pointer",
    script: "heap 1KiB base=0 header=0\na = alloc 16\nb = calloc 1 32\na = 0",
    leaks: ["definitely lost 16", "still reachable 32"],
  },
];
