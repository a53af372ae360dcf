import fc from "fast-check";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";
import { statementsOf } from "./statements";

/** Scripts made to break the machine: all verbs with all options, huge and tiny numbers, names that lead nowhere, junk. */

const small = fc.integer({ min: 0, max: 70 }).map(String);
const extreme = fc.constantFrom(
  ..."0 1 2 3 255 256 4095 4096 4097 65536 1e6 1e9 4294967295 4294967296 9007199254740991 9007199254740992".split(" "),
  ..."1e15 1e300 0x7fffffff 0xffffffff 1KiB 64KiB 1MiB 256MiB 1GiB 4096GiB 0.5 1.5KiB 1_000".split(" "),
);
const sizes = fc.constantFrom("8", "16", "24", "64", "100", "512", "4096", "64KiB");

const hostile = statementsOf({
  number: fc.oneof({ weight: 5, arbitrary: small }, { weight: 2, arbitrary: sizes }, extreme),
  value: fc.constantFrom("a", "b", "b[0]", "b[i]", "c", "i", "a + 8", "sizeof(a)", "main.used", "faults", "used", "q"),
  handle: fc.constantFrom("a", "b", "c", "b[0]", "b[i]", "a[i % 3]"),
  name: fc.constantFrom("main", "h", "p", "q", "s", "L1", "stack", "editor", "a", "nobody", "constructor", "__proto__"),
  text: fc.constantFrom('""', '"Hello"', '"0 1 2 3 0 1 4"', '"7 x"', '"\\x00\\xff\\""', `"${"long ".repeat(60)}"`),
});

/** Lines that work, so that the others meet something. */
const declarations = fc.constantFrom(
  "heap main 4KiB",
  "heap h 64KiB policy=buddy",
  "heap h 64KiB policy=tlsf",
  "heap 4KiB grow=4KiB max=1MiB redzone=16 quarantine=256",
  "pool p 16 x 10",
  "slab s 24",
  "slab s 8 pages=4 bookkeeping=on-slab",
  "vm page=16 frames=3 pages=4096 replacement=lru tlb=2",
  "vm page=4KiB frames=100",
  "vm frames=16 levels=2 page=256 pages=4096 demand=on",
  "vm page=64 frames=8 replacement=opt swap=4",
  "cache L1 1KiB ways=2 line=16",
  "process editor",
  "region stack 20..24 rw- grow=down",
);
const sane = fc.constantFrom(
  "a = alloc 40",
  "b = alloc 16",
  "b[i] = alloc 24",
  "c = calloc 3 8",
  "a = realloc a 80",
  "free a",
  "free b",
  "b = alloc from=p",
  "c = alloc from=s",
  "fill a 40 7",
  'write a "Hello"',
  "read a 8",
  "map 0..4",
  "store 0x10 7",
  "load 0 64",
  "access 0x123",
  "fork child",
  "switch child",
  "stats",
  "layout",
  "check",
  "defrag",
  "coalesce",
);
const junk = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "a = ",
    "free",
    "heap 1KiB policy=",
    "((((((",
    "repeat",
    "end end",
    '"',
    "x = 1 ++ 2",
    "b[b[b[0]]] = 1",
  ),
);
const block = fc.oneof(
  fc.constantFrom("repeat 3 as i", "repeat 20 as i", "end", "end", "repeat 0", "repeat 1e9", "expect problem leak"),
);

const line = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...vocabulary).chain(hostile) },
  { weight: 2, arbitrary: declarations },
  { weight: 6, arbitrary: sane },
  { weight: 1, arbitrary: junk },
  { weight: 1, arbitrary: block },
);

/** Lines of a script; a failure shrinks to few of them. */
export const hostileLines: fc.Arbitrary<string[]> = fc.array(line, { maxLength: 40, size: "max" });

/** Few lines, among them declarations with any options: what one line may cost. */
export const hostileDeclarations: fc.Arbitrary<string[]> = fc.array(
  fc
    .constantFrom(
      ...vocabulary.filter(({ verb }) =>
        ["heap", "pool", "slab", "vm", "cache", "tlb", "segment", "region", "guard", "repeat", "process"].includes(
          verb,
        ),
      ),
    )
    .chain(hostile),
  { minLength: 1, maxLength: 4 },
);
