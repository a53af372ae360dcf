import assert from "node:assert/strict";
import fc from "fast-check";
import { sortedByAddress } from "../../../../src/inspector/lifetimes/byAddress";

describe("Lives by address", () => {
  it("are in the order of addresses of any range, and of birth where those are equal", () => {
    const address = fc.oneof(fc.integer({ min: 4096, max: 4100 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(address, { maxLength: 60 }), (addresses) => {
        const lives = Int32Array.from(addresses.keys()).filter((life) => life % 3 !== 0);
        const sorted = [...lives].sort((left, right) => addresses[left] - addresses[right] || left - right);
        const before = lives.slice();
        assert.deepEqual([...sortedByAddress(lives, Float64Array.from(addresses))], sorted);
        assert.deepEqual(lives, before);
      }),
    );
  });
});
