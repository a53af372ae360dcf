import assert from "node:assert/strict";
import fc from "fast-check";
import { applyDelta, deltaOf } from "../../../src/inspector/delta";

function check(before: unknown, after: unknown): void {
  // Over the wire and back, as the panel gets it.
  const delta = JSON.parse(JSON.stringify(deltaOf(before, after))) as ReturnType<typeof deltaOf>;
  assert.deepEqual(applyDelta(before, delta), after);
}

const block = (address: number, size = 8): object => ({ address, size, zones: null });

describe("Deltas of plain data", () => {
  for (const [name, before, after, delta] of [
    ["nothing changed", { a: [block(1)] }, { a: [block(1)] }, null],
    [
      "a field",
      { a: 1, b: { c: 2, d: 3 } },
      { a: 1, b: { c: 4, d: 3 } },
      { fields: { b: { fields: { c: { set: 4 } } } } },
    ],
    ["an element more", [1, 2, 3], [1, 9, 2, 3], { parts: [{ keep: 1 }, { put: [9] }, { keep: 2 }] }],
    ["an element less", [1, 2, 3], [1, 3], { parts: [{ keep: 1 }, { skip: 1, keep: 1 }] }],
    ["the last elements gone", [1, 2, 3], [1], { parts: [{ keep: 1 }] }],
    [
      "an element of a list",
      [block(1), block(2), block(3)],
      [block(1), block(2, 9), block(3)],
      { parts: [{ keep: 1 }, { edit: [{ fields: { size: { set: 9 } } }] }, { keep: 1 }] },
    ],
    ["another kind", { a: 1 }, { b: 1 }, { set: { b: 1 } }],
    ["null", { a: null }, { a: { b: 1 } }, { fields: { a: { set: { b: 1 } } } }],
  ] as const) {
    it(`says what is different: ${name}`, () => {
      assert.deepEqual(deltaOf(before, after), delta);
      check(before, after);
    });
  }

  it("sends typed arrays whole, and only when they differ", () => {
    const cells = (...numbers: number[]): object => ({ name: "L1", cells: Uint32Array.from(numbers) });
    assert.equal(deltaOf(cells(1, 2), cells(1, 2)), null);
    const delta = deltaOf([cells(1, 2)], [cells(1, 3)]);
    assert.deepEqual(delta, { parts: [{ edit: [{ fields: { cells: { set: Uint32Array.of(1, 3) } } }] }] });
    assert.deepEqual(applyDelta([cells(1, 2)], delta), [cells(1, 3)]);
  });

  it("leads to what was meant, from any data to any other", () => {
    const data = fc.letrec<{ tree: unknown; list: unknown; fields: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.integer({ min: 0, max: 3 }),
        fc.constant(null),
        fc.string({ maxLength: 1 }),
        tie("list"),
        tie("fields"),
      ),
      list: fc.array(tie("tree"), { maxLength: 6 }),
      fields: fc.dictionary(fc.constantFrom("a", "b", "set", "parts", "keep"), tie("tree"), { noNullPrototype: true }),
    })).tree;
    fc.assert(fc.property(data, data, check), { seed: 6, numRuns: 3000 });
  });

  it("finds what stayed in a long list of which elements came, went and changed", () => {
    const elements = fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 300, maxLength: 300 });
    const edits = fc.array(fc.record({ at: fc.nat(299), kind: fc.constantFrom("gone", "come", "changed") }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(elements, edits, (addresses, changes) => {
        const before = addresses.map((address) => block(address));
        const after = [...before];
        for (const { at, kind } of changes) {
          if (kind === "gone") after.splice(at, 1);
          else if (kind === "come") after.splice(at, 0, block(5000 + at));
          else if (at < after.length) after[at] = { ...after[at], size: 99 };
        }
        check(before, after);
        assert.ok(JSON.stringify(deltaOf(before, after)).length < 1500);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it("shares with the data before what is the same", () => {
    const before = { heaps: [block(1), block(2)], step: 1 };
    const after = applyDelta(before, deltaOf(before, { heaps: [block(1), block(2)], step: 2 })) as typeof before;
    assert.equal(after.heaps, before.heaps);
  });
});
