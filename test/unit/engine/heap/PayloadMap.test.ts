import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { HeapGeometry } from "../../../../src/engine/heap/geometry";
import { createPayloadMap, DirectMap } from "../../../../src/engine/heap/PayloadMap";

/** Distances from the base, in units: the same few pages, and some beyond the directory. */
const unit = fc.oneof(
  fc.nat(2000),
  fc.nat(300).map((far) => 2 ** 40 + far),
);
const change = fc.tuple(fc.constantFrom("set", "set", "set", "delete", "save", "load"), unit, fc.nat(100_000));

describe("PayloadMap", () => {
  for (const [origin, align] of [
    [0, 8],
    [0x1_0000, 16],
    [2 ** 47, 8],
    [1001, 1],
  ] as const) {
    it(`from ${origin} in steps of ${align} agrees with a plain map, before and after it was saved`, () => {
      fc.assert(
        fc.property(fc.array(change, { maxLength: 200, size: "max" }), (changes) => {
          const options = defaultHeapOptions("h", origin, 1024, { align, header: align === 1 ? 0 : 16 });
          const map = createPayloadMap(new HeapGeometry(options));
          assert.equal(map instanceof DirectMap, align >= 8);
          let plain = new Map<number, number>();
          let saved: { map: unknown; plain: Map<number, number> } | null = null;
          for (const [name, units, id] of changes) {
            const address = origin + units * align;
            if (name === "set") {
              map.set(address, id);
              plain.set(address, id);
            } else if (name === "delete") {
              map.delete(address);
              plain.delete(address);
            } else if (name === "save") saved = { map: map.save(), plain: new Map(plain) };
            else if (saved !== null) {
              map.load(saved.map);
              plain = new Map(saved.plain);
            }
            for (const asked of [address, address + align, address + 1, address - 0.5]) {
              assert.equal(map.get(asked, -1), plain.get(asked) ?? -1);
            }
          }
          for (const [address, id] of plain) assert.equal(map.get(address, -1), id);
        }),
        { numRuns: 100, seed: 22 },
      );
    });
  }

  it("goes on where the directory ends", () => {
    const map = new DirectMap(0, 8);
    const ends = 2 ** 27;
    for (let unit = ends - 300; unit < ends + 300; unit++) map.set(unit * 8, unit);
    for (let unit = ends - 300; unit < ends + 300; unit++) assert.equal(map.get(unit * 8, -1), unit);
    assert.equal(map.get((ends + 300) * 8, -1), -1);
  });

  it("knows nothing of what is no address of the heap", () => {
    const map = new DirectMap(4096, 8);
    map.set(4096, 0);
    for (const asked of [4095, 4088, 0, -8, NaN, Infinity, -Infinity, 4096.5, 4097])
      assert.equal(map.get(asked, -1), -1);
  });
});
