import * as assert from "node:assert/strict";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";

/** The first two numbers of Python's `random.random()` after `random.seed(seed, version=1)`. */
const pythonNumbers: readonly (readonly [seed: number, first: number, second: number])[] = [
  [0, 0.8444218515250481, 0.7579544029403025],
  [1, 0.13436424411240122, 0.8474337369372327],
  [42, 0.6394267984578837, 0.025010755222666936],
  [2 ** 40 + 5, 0.5043802970418443, 0.2686044399723282],
  [2 ** 53 - 1, 0.09425040007102303, 0.22287455761867403],
];

describe("MersenneTwister", () => {
  for (const [seed, first, second] of pythonNumbers)
    it(`draws Python's numbers from seed ${seed}`, () => {
      const generator = new MersenneTwister(seed);
      assert.deepEqual([generator.next(), generator.next()], [first, second]);
    });

  it("draws Python's two-thousandth number, and draws on from what it saved", () => {
    const generator = new MersenneTwister(3);
    for (let drawn = 0; drawn < 1500; drawn++) generator.next();
    const saved = generator.save();
    for (let round = 0; round < 2; round++) {
      for (let drawn = 1500; drawn < 1999; drawn++) generator.next();
      assert.equal(generator.next(), 0.25904136240093445);
      generator.load(saved);
    }
  });
});
