import fc from "fast-check";

/** Traces of every format, with lines of others among them, cut, shuffled and spoilt; as texts, a character a byte. */

const address = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((block) => `0x${(0x1000 + 32 * block).toString(16)}`),
  fc.constantFrom("0x0", "(nil)", "0x7fffffffffff", "0xffffffffffffffff", "0x1fffffffffffff", "4096", "zz", "-1", "0x"),
);
const size = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map(String),
  fc.integer({ min: 0, max: 300 }).map((bytes) => `0x${bytes.toString(16)}`),
  fc.constantFrom("0", "-1", "1e9", "0xffffffffffffffff", "9007199254740993", "4096", "08", "1.5", ""),
);
const id = fc.oneof(fc.nat(12).map(String), fc.constantFrom("-1", "99999999999", "4294967296", "x"));
const word = fc.constantFrom("main", "./prog:[0x1]", "a b", "\u001b[2J", "x".repeat(3000), "");
const space = fc.constantFrom(" ", "  ", "\t", "");

/** A line with places for operands: `A` an address, `N` a size, `I` an id, `W` a word, `_` white space. */
function line(shape: string): fc.Arbitrary<string> {
  const parts = shape.split(/([ANIW_])/);
  const kinds: Readonly<Record<string, fc.Arbitrary<string>>> = { A: address, N: size, I: id, W: word, _: space };
  return fc.tuple(...parts.map((part) => kinds[part] ?? fc.constant(part))).map((made) => made.join(""));
}

/** Lines of one format each. */
const formats: readonly (readonly string[])[] = [
  ["= Start", "@ W + A N", "@ W - A", "@ W < A", "@ W > A N", "@ W ! A N", "+ A N", "= End"],
  ["N", "a I N", "r I N", "f I", "w I N", "c I N", "# W"],
  ["malloc(N) = A", "free(A) = <void>", "realloc(A, N) = A", "calloc(N, N) = A", "[pid I] malloc(N <unfinished ...>"],
  ["alloc A N", "free A", "+ N A", "- A", "c N N N", "s W", "t N N", "v W"],
  [" L A,N", " S A,N", " M A,N", "I  A,N", "==I== W"],
  ["N A N", "I A", "r A", "w A N", "A R", "A: R A N", "A: W A"],
  ["N", "A", "N N N N", "R A", "W A N", "load A", "l A N _W"],
];
const anyShape = formats.flat();
const junk = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => Buffer.from(text).toString("latin1")),
  fc.constantFrom(
    "",
    "\0\0\0",
    "\u00ff\u00fea\0b\0",
    "\u00ef\u00bb\u00bf",
    "PK\u0003\u0004",
    "\u001f\u008b\u0008",
    "a".repeat(70_000),
  ),
);

export const hostileTrace: fc.Arbitrary<string> = fc
  .constantFrom(...formats)
  .chain((shapes) =>
    fc.tuple(
      fc.array(
        fc.oneof(
          { weight: 20, arbitrary: fc.constantFrom(...shapes).chain(line) },
          { weight: 1, arbitrary: fc.constantFrom(...anyShape).chain(line) },
          { weight: 1, arbitrary: junk },
        ),
        { maxLength: 60, size: "max" },
      ),
      fc.constantFrom("\n", "\n", "\r\n", "\r"),
      fc.boolean(),
    ),
  )
  .map(([lines, ending, isEnded]) => lines.join(ending) + (isEnded ? ending : ""));
