import assert from "node:assert/strict";
import fc from "fast-check";
import { applyDifferences, differencesOf } from "../../../../src/machine/checkpoints/differences";

const amounts = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer(), fc.constantFrom(-0x8000_0000, 0x7fff_ffff));
const stretches = fc.array(fc.record({ length: fc.nat(300), word: amounts, more: amounts }), { maxLength: 12 });

/** Each case: stretches of equal words that differ equally, and the bytes that this takes. */
const cases: readonly { words: number[]; base: number[]; bytes: number[] }[] = [
  { words: [7, 7, 7], base: [7, 7, 7], bytes: [] },
  { words: [7, 8, 7], base: [7, 7, 7], bytes: [0, 2, 2] },
  { words: [6, 7], base: [7, 7], bytes: [1] },
  { words: [9, 9, 9, 7], base: [7, 7, 7, 7], bytes: [4, 0, 5] },
  { words: [64], base: [0], bytes: [0x80, 0x01] },
  { words: [-0x8000_0000], base: [0], bytes: [0xff, 0xff, 0xff, 0xff, 0x0f] },
];

describe("differences", () => {
  for (const { words, base, bytes } of cases) {
    it(`of ${words.join(" ")} to ${base.join(" ")} are ${bytes.join(" ") || "none"}`, () => {
      assert.deepEqual([...differencesOf(Int32Array.from(words), Int32Array.from(base))], bytes);
    });
  }

  it("lead from one array to the other", () => {
    fc.assert(
      fc.property(stretches, (parts) => {
        const base = Int32Array.from(parts.flatMap(({ length, word }) => Array<number>(length).fill(word)));
        const words = Int32Array.from(
          parts.flatMap(({ length, word, more }) => Array<number>(length).fill(word + more)),
        );
        applyDifferences(base, differencesOf(words, base));
        assert.deepEqual(base, words);
      }),
    );
  });
});
