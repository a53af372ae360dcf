import assert from "node:assert/strict";
import * as fc from "fast-check";
import { byteParts } from "../../../src/inspector/byteParts";
import { runScript } from "../machine/runScript";

const declarations = [
  "heap 4KiB",
  "heap 4KiB header=8 footer=8",
  "heap 4KiB header=4 footer=4 align=8",
  "heap 4KiB header=0 align=1 min=1",
  "heap 4KiB redzone=8",
  "heap 4KiB quarantine=512 redzone=16",
];

describe("What bytes are to their blocks", () => {
  it("covers every block of a heap once, in order, whatever was done", () => {
    const operations = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 300 })), { maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom(...declarations), operations, fc.nat(4000), (heap, steps, offset) => {
        const lines = steps.map(([slot, size]) => `free h[${slot}]\nh[${slot}] = alloc ${size}`);
        const { state } = runScript([heap, ...lines].join("\n")).machine;
        const memory = state.heaps.get("heap")!;
        const { base, end, options } = memory;
        const from = base + Math.min(offset, end - base - 1);
        const parts = byteParts(state, from, end - from);
        // A header smaller than the alignment begins behind the heap's first bytes, which are no block's.
        const [first] = memory.blocks();
        let at = Math.max(0, first.address - from);
        for (const part of parts) {
          assert.equal(part.from, at);
          assert.ok(part.to > part.from);
          at = part.to;
        }
        assert.equal(at, end - from);
        const payload = byteParts(state, base, end - base).filter(({ kind }) => kind === "payload");
        const bytes = payload.reduce((sum, part) => sum + part.to - part.from, 0);
        assert.equal(bytes, state.heaps.get("heap")!.stats().currentUsed, options.policy);
      }),
    );
  });

  it("names the links of a pool's free blocks", () => {
    const { state } = runScript("pool nodes 16 x 3\na = alloc from=nodes\n").machine;
    const { base } = state.pools.get("nodes")!;
    const kinds = byteParts(state, base, 48).map(({ kind, from, to, handle }) => [kind, from, to, handle]);
    assert.deepEqual(kinds, [
      ["payload", 0, 16, "a"],
      ["next", 16, 24, null],
      ["free", 24, 32, null],
      ["next", 32, 40, null],
      ["free", 40, 48, null],
    ]);
  });

  it("knows nothing where nothing answers", () => {
    assert.deepEqual(byteParts(runScript("heap 4KiB\n").machine.state, 1, 100), []);
  });
});
