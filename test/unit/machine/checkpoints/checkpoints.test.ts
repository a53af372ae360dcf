import assert from "node:assert/strict";
import fc from "fast-check";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { pack, unpack, type PackedSnapshot } from "../../../../src/machine/checkpoints/pack";
import { History } from "../../../../src/machine/run/History";
import { Machine } from "../../../../src/machine/run/Machine";
import { fingerprint } from "../fingerprint";

const churn = `heap main 64KiB
pool nodes 32 x 16
cache L1 size=256B line=16B ways=2
vm page=64 frames=8 replacement=lru
repeat 12 as i
  a[i] = alloc 16 + i * 7 % 40
  n[i] = alloc 32 from=nodes
  map i
end
repeat 300 as i
  free a[i * 5 % 12]
  a[i * 5 % 12] = alloc 16 + i * 11 % 90
  fill a[i * 5 % 12] 16 (i % 256)
  free n[i * 7 % 12]
  n[i * 7 % 12] = alloc 32 from=nodes
  store (i * 7 % 12) * 64 i
end`;

const words = fc.record({
  ints: fc.array(fc.integer(), { maxLength: 40 }).map((items) => Int32Array.from(items)),
  bytes: fc.array(fc.nat(255), { maxLength: 11 }).map((items) => Uint8Array.from(items)),
  floats: fc.array(fc.double(), { maxLength: 9 }).map((items) => Float64Array.from(items)),
  plain: fc.array(fc.integer()),
  pages: fc.array(fc.tuple(fc.nat(5), fc.uint8Array({ maxLength: 8 }))).map((items) => new Map(items)),
});

describe("checkpoints", () => {
  it("unpack to what was packed, however the snapshots differ", () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (snapshots) => {
        let base: PackedSnapshot | null = null;
        for (const snapshot of snapshots) {
          base = runToEnd(pack(snapshot, base)).packed;
          assert.deepEqual(runToEnd(unpack(base)), snapshot);
        }
      }),
    );
  });

  it("pack what did not change into next to nothing", () => {
    const snapshot = { rows: Int32Array.from({ length: 200_000 }, (_, index) => index * index) };
    const { packed: base } = runToEnd(pack(snapshot, null));
    const changed = { rows: snapshot.rows.slice() };
    changed.rows[150_000] = -1;
    const { packed } = runToEnd(pack(changed, base));
    assert.deepEqual(runToEnd(unpack(packed)), changed);
    assert.ok(packed.bytes < 300, `${packed.bytes} bytes`);
  });

  it("lead to the state of a fresh run, however few of them the budget leaves", () => {
    const program = parse(churn);
    const length = new Machine(program).run(Infinity);
    const histories = [20_000, 60_000, 1e9].map((budget) => new History(program, undefined, budget));
    for (const history of histories) history.run(Infinity);
    const [few, more, all] = histories;
    assert.ok(few.checkpointCount < more.checkpointCount && more.checkpointCount <= all.checkpointCount);
    // Two images are kept in any case, here of 22 kB each.
    assert.ok(few.checkpointBytes <= 20_000 + 44_000 && more.checkpointBytes <= 60_000 + 44_000);
    assert.ok(all.checkpointBytes > 3 * 60_000, "more images where there is room for them");
    fc.assert(
      fc.property(fc.array(fc.nat(length), { minLength: 1, maxLength: 5 }), (positions) => {
        for (const position of positions) {
          const fresh = new Machine(program);
          fresh.run(position);
          for (const history of histories) {
            history.seek(position);
            assert.deepEqual(fingerprint(history), fingerprint(fresh));
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  it("know where a line was executed last", () => {
    const history = new History(parse("a = alloc 8\nrepeat 5\n  b = alloc 8\nend\nfree a\nfree a"));
    history.run(Infinity);
    assert.equal(
      history.lastBefore(history.position, 0, (line) => line === 2),
      5,
    );
    assert.equal(
      history.lastBefore(5, 0, (line) => line === 2),
      4,
    );
    assert.equal(
      history.lastBefore(5, 5, (line) => line === 2),
      -1,
    );
    assert.equal(
      history.lastBefore(99, 0, (line) => line === null),
      history.position,
    );
    // Each round but the first loses the block of the one before; the frees after them begin in order.
    assert.equal(
      history.lastBefore(history.position, 0, (_, hasRaised) => hasRaised),
      6,
    );
    assert.equal(
      history.lastBefore(3, 0, (_, hasRaised) => hasRaised),
      -1,
    );
  });
});
