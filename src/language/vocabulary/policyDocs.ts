/** Made from the engines' tables of policies by running the unit tests with UPDATE_GOLDENS=1: edit those. */

export const heapPolicyDocs = {
  "first-fit": "The first free block of the list that is large enough.",
  "next-fit": "The first that is large enough from where the last search ended.",
  "best-fit": "The smallest free block that is large enough.",
  "worst-fit": "The largest free block.",
  "quick-fit": "A list for each exact size of freed blocks of up to 256 bytes, then a first-fit list.",
  "run-fit": "Best fit that keeps requests below 256 bytes apart from larger ones.",
  segregated: "A list for each size class; looks at up to 8 blocks of the request's own class first.",
  tlsf: "A list for each size class; the first class in which every block is large enough serves.",
  buddy: "Blocks of powers of two are halved; only the halves of one block merge.",
  bump: "A pointer moves up; nothing comes back before `reset` or `defrag`.",
} as const;

export const replacementDocs = {
  fifo: "The page that came in first leaves.",
  lru: "The page that was used longest ago leaves.",
  mru: "The page that was used last leaves.",
  clock: "The first page from the hand whose accessed bit is clear leaves; set bits are cleared on the way.",
  "second-chance":
    "As `fifo`, but a page whose accessed bit is set goes to the end of the queue, and the bit is cleared.",
  "enhanced-clock": "From the hand on, by accessed and dirty bits: a page that is neither used nor dirty leaves first.",
  "random-clock": "Drawn at random; a page with chances left loses one and stays.",
  lfu: "The page with the fewest uses since it came in leaves.",
  aging: "The page with the smallest counter leaves; accessed bits are shifted into the counters.",
  "working-set": "Pages unused for `window=` references leave, even while frames are free.",
  wsclock:
    "From the hand on, a clean page unused for `window=` references leaves; dirty ones are written back on the way.",
  arc: "Lists of pages used once and used again, whose shares follow the pages that come back.",
  "2q": "New pages wait in a queue; one that comes back soon after it left is kept by recency.",
  random: "Any page leaves, drawn from `seed=`.",
  opt: "The page that is used again last leaves: looks ahead at the rest of the script.",
  unopt: "The page that is used again first leaves: looks ahead at the rest of the script.",
} as const;
