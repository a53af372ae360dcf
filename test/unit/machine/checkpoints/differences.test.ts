import assert from "node:assert/strict";
import fc from "fast-check";
import { runToEnd } from "../../../../src/language/coroutines";
import { applyDifferences, differencesOf } from "../../../../src/machine/checkpoints/differences";

const amounts = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer(), fc.constantFrom(-0x8000_0000, 0x7fff_ffff));
/** Stretches of one word, or of words that count up, which change in one and the same way from the base. */
const stretches = fc.array(
  fc.record({ length: fc.nat(40), word: amounts, step: fc.nat(1), more: fc.option(amounts) }),
  { maxLength: 16 },
);

/** Each case: the bytes that words take to tell how they differ from their base. */
const cases: readonly { words: number[]; base: number[]; bytes: number[] }[] = [
  { words: [7, 7, 7], base: [7, 7, 7], bytes: [] },
  { words: [7, 8, 7], base: [7, 7, 7], bytes: [1, 8 + 1, 2] },
  { words: [6, 7], base: [7, 7], bytes: [0, 8 + 1, 1] },
  { words: [7, 9, 300], base: [7, 7, 8], bytes: [1, 8 + 1, 4, 0, 8 + 2, 0x48, 0x02] },
  { words: [9, 9, 9, 7], base: [7, 8, 7, 7], bytes: [0, 24 + 6, 18] },
  { words: [1, 2, 3, 7], base: [0, 1, 2, 7], bytes: [0, 24 + 5, 2] },
  { words: [5, 5, 5, 5, 7], base: [6, 5, 5, 4, 7], bytes: [0, 32 + 6, 10] },
  { words: [0x7fff], base: [0], bytes: [0, 8 + 2, 0xfe, 0xff] },
  { words: [0x8000], base: [0], bytes: [0, 8 + 3, 0, 0, 1] },
  { words: [-0x8000_0000], base: [0], bytes: [0, 8 + 4, 0xff, 0xff, 0xff, 0xff] },
];

describe("differences", () => {
  for (const { words, base, bytes } of cases) {
    it(`of ${words.join(" ")} to ${base.join(" ")} are ${bytes.join(" ") || "none"}`, () => {
      assert.deepEqual([...runToEnd(differencesOf(Int32Array.from(words), Int32Array.from(base)))], bytes);
    });
  }

  it("lead from one array to the other, in turns of any length", () => {
    fc.assert(
      fc.property(
        stretches,
        stretches,
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        (parts, others, isOther, turn) => {
          const wordsOf = (all: typeof parts): number[] =>
            all.flatMap(({ length, word, step }) => Array.from({ length }, (_, index) => word + step * index));
          const changed = parts.flatMap(({ length, word, step, more }) =>
            Array.from({ length }, (_, index) => (more === null ? 5 : word + step * index + more)),
          );
          const base = Int32Array.from(wordsOf(parts));
          const words = Int32Array.from(
            isOther ? base.map((word, index) => wordsOf(others).at(index) ?? word) : changed,
          );
          const differences = runToEnd(differencesOf(words, base, turn));
          assert.deepEqual(differences, runToEnd(differencesOf(words, base)));
          runToEnd(applyDifferences(base, differences, turn));
          assert.deepEqual(base, words);
        },
      ),
      { numRuns: 500 },
    );
  });
});
