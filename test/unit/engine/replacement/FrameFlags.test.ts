import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { FrameFlags } from "../../../../src/engine/replacement/structures/FrameFlags";

const frames = 200;

describe("FrameFlags", () => {
  it("clears a run up to the first clear bit, as an array of booleans does", () => {
    const place = fc.nat(frames - 1);
    const runs = fc.array(fc.record({ from: place, to: place }), { maxLength: 6 });
    fc.assert(
      fc.property(runs, fc.array(place), place, (sets, clears, from) => {
        const flags = new FrameFlags();
        flags.reserve(frames - 1);
        const naive = new Array<boolean>(frames).fill(false);
        for (const { from: first, to } of sets)
          for (let frame = first; frame <= to; frame++) {
            flags.add(frame);
            naive[frame] = true;
          }
        for (const frame of clears) {
          flags.delete(frame);
          naive[frame] = false;
        }
        const end = naive.lastIndexOf(true) + 1;
        let found = from;
        while (found < end && naive[found]) naive[found++] = false;
        equal(flags.deleteRun(from, end), from < end ? found : end);
        deepEqual(
          naive.map((_, frame) => flags.has(frame)),
          naive,
        );
      }),
    );
  });
});
