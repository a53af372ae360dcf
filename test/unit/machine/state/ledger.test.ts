import assert from "node:assert/strict";
import fc from "fast-check";
import type { Allocation, FreedBy } from "../../../../src/machine/state/allocation";
import type { Birth } from "../../../../src/machine/state/Births";
import { Ledger, type LedgerMark } from "../../../../src/machine/state/Ledger";

/** What a ledger must tell, restated with objects that are copied whenever somebody will come back. */
interface Naive {
  allocations: Allocation[];
  changes: Allocation[];
}

type Operation =
  | { readonly kind: "add"; readonly birth: Birth }
  | { readonly kind: "free"; readonly of: number; readonly line: number; readonly step: number; readonly by: FreedBy }
  | { readonly kind: "move"; readonly of: number; readonly address: number; readonly requested: number };

const place = { line: fc.nat(30), step: fc.nat(50) };
const bounds = { address: fc.nat(40), requested: fc.integer({ min: 1, max: 9 }) };
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    birth: fc.record({
      ...place,
      ...bounds,
      region: fc.constantFrom("heap", "p"),
      handle: fc.constantFrom(null, "a", "b[3]", "heap"),
    }),
  }),
  fc.record({
    ...place,
    kind: fc.constant("free" as const),
    of: fc.nat(),
    by: fc.constantFrom("free", "realloc", "exit"),
  }),
  fc.record({ ...bounds, kind: fc.constant("move" as const), of: fc.nat() }),
);
/** Operations, then back to an earlier place, and on with some of what came after it, or with something else. */
const course = fc.array(
  fc.record({
    operations: fc.array(operation, { maxLength: 12 }),
    backTo: fc.nat(),
    again: fc.nat(8),
  }),
  { maxLength: 8 },
);

function perform(ledger: Ledger, naive: Naive, operation: Operation): void {
  if (operation.kind === "add") {
    assert.equal(ledger.add(operation.birth), naive.allocations.length);
    naive.allocations.push({ id: naive.allocations.length, ...operation.birth, freed: null });
    return;
  }
  if (naive.allocations.length === 0) return;
  const id = operation.of % naive.allocations.length;
  const before = naive.allocations[id];
  if (operation.kind === "free") {
    const { line, step, by } = operation;
    ledger.free(id, line, step, by);
    naive.allocations[id] = { ...before, freed: { line, step, by } };
  } else {
    const { address, requested } = operation;
    ledger.move(id, address, requested);
    naive.allocations[id] = { ...before, address, requested };
  }
  naive.changes.push(naive.allocations[id]);
}

function lastFreedAt(allocations: readonly Allocation[], address: number): Allocation | undefined {
  return allocations
    .filter((each) => each.freed !== null && address >= each.address && address < each.address + each.requested)
    .sort((a, b) => a.freed!.step - b.freed!.step || a.id - b.id)
    .at(-1);
}

function assertSame(ledger: Ledger, { allocations, changes }: Naive): void {
  assert.deepEqual(
    { length: ledger.length, changes: ledger.changes },
    { length: allocations.length, changes: changes.length },
  );
  assert.deepEqual(
    allocations.map(({ id }) => ledger.get(id)),
    allocations,
  );
  assert.deepEqual([ledger.get(-1), ledger.get(allocations.length)], [undefined, undefined]);
  assert.deepEqual(
    changes.map((_, change) => ledger.changed(change)),
    changes,
  );
  const live = allocations.filter(({ freed }) => freed === null);
  assert.deepEqual([...ledger.liveAllocations()], live);
  assert.equal(ledger.live, live.length);
  assert.deepEqual(
    allocations.map(({ id }) => ledger.isLive(id)),
    allocations.map(({ freed }) => freed === null),
  );
  for (let address = 0; address < 50; address += 7) {
    assert.deepEqual(ledger.lastFreedAt(address), lastFreedAt(allocations, address));
  }
}

describe("the ledger of allocations", () => {
  it("tells at every place in time what was told there first, whatever course the run took in between", () => {
    fc.assert(
      fc.property(course, (parts) => {
        const ledger = new Ledger();
        const naive: Naive = { allocations: [], changes: [] };
        /** The places so far, and the operation that led on from each. */
        let places: { readonly mark: LedgerMark; readonly naive: Naive }[] = [];
        let operations: Operation[] = [];
        const go = (operation: Operation): void => {
          places.push({
            mark: ledger.mark(),
            naive: { allocations: [...naive.allocations], changes: [...naive.changes] },
          });
          operations.push(operation);
          perform(ledger, naive, operation);
          assertSame(ledger, naive);
        };
        for (const { operations: next, backTo, again } of parts) {
          next.forEach(go);
          if (places.length === 0) continue;
          const at = backTo % places.length;
          const repeated = operations.slice(at, at + again);
          ledger.restore(places[at].mark);
          Object.assign(naive, structuredClone(places[at].naive));
          assertSame(ledger, naive);
          places = places.slice(0, at);
          operations = operations.slice(0, at);
          repeated.forEach(go);
        }
      }),
      { numRuns: 300 },
    );
  });
});
