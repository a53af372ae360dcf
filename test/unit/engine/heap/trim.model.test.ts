import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { fitPolicies } from "../../../../src/engine/heap/fit";
import { Heap } from "../../../../src/engine/heap/Heap";
import { coalesceModesOf, heapPolicies, type HeapOptions } from "../../../../src/engine/heap/options";
import { coalesceModes, listOrders } from "../../../../src/engine/heap/placementOptions";
import { operation, runBoth, shape, type Operation } from "./modelRun";
import { NaiveHeap } from "./naiveHeap";

/** {@link NaiveHeap} that looks at its last block after whatever may have freed it. */
class TrimmedHeap extends NaiveHeap {
  override free(payload: number): boolean {
    return this.trimmed(super.free(payload));
  }

  override reallocate(payload: number, requested: number): number {
    const at = super.reallocate(payload, requested);
    return at < 0 ? at : this.trimmed(at);
  }

  override reset(): number {
    return this.trimmed(super.reset());
  }

  override coalesce(): number {
    return this.trimmed(super.coalesce());
  }

  /** Merging for an allocation gives nothing back. */
  protected override relieve(): boolean {
    return this.o.coalesce === "deferred" && super.coalesce() > 0;
  }

  override defragment(): ReturnType<NaiveHeap["defragment"]> {
    return this.trimmed(super.defragment());
  }

  private trimmed<Result>(result: Result): Result {
    const { base, size, grow, trim } = this.o;
    const last = this.blocks.at(-1);
    if (trim === null || !last || last.used || last.size < trim) return result;
    const before = this.end;
    while (this.end - grow >= Math.max(last.address, base + size)) this.end -= grow;
    const rest = this.top() - last.address;
    if (rest > 0 && rest < this.min) this.end = Math.min(before, this.end + grow);
    last.size = this.top() - last.address;
    if (last.size > 0) return result;
    this.blocks.pop();
    this.leave(last);
    return result;
  }
}

const growing = shape.map(({ base, ...rest }) => ({ ...rest, base, grow: 16 * rest.align, max: 40 * rest.size }));
const operations = fc.array(operation, { minLength: 1, maxLength: 80, size: "max" });

describe("Heaps that give memory back", () => {
  for (const policy of fitPolicies) {
    for (const order of listOrders) {
      for (const coalesce of coalesceModes) {
        it(`as the naive model: ${policy}, ${order}, ${coalesce}`, () => {
          fc.assert(
            fc.property(growing, fc.integer({ min: 0, max: 300 }), operations, ({ base, size, ...rest }, trim, ops) => {
              const options = defaultHeapOptions("h", base, size, { policy, order, coalesce, trim, ...rest });
              const scaled = ops.map(([name, bytes, pick]) => [name, bytes * 5, pick] as const);
              runBoth(options, new TrimmedHeap(options), scaled);
            }),
            { numRuns: 15, seed: 27 },
          );
        });
      }
    }
  }

  for (const policy of heapPolicies) {
    for (const coalesce of coalesceModesOf(policy)) {
      it(`keep their invariants and what is live: ${policy}, ${coalesce}`, () => {
        fc.assert(
          fc.property(growing, fc.integer({ min: 0, max: 300 }), operations, ({ base, size, ...rest }, trim, ops) => {
            runAlone(defaultHeapOptions("h", base, size, { policy, coalesce, trim, ...rest }), ops);
          }),
          { numRuns: 20, seed: 28 },
        );
      });
    }
  }

  it("are at their smallest once everything is free and merged", () => {
    for (const policy of heapPolicies) {
      if (policy === "bump") continue;
      const heap = new Heap(defaultHeapOptions("h", 0x1000, 4096, { policy, grow: 4096, max: 2 ** 20, trim: 65_536 }));
      const [a, b, c] = [100_000, 40, 50_000].map((bytes, owner) => heap.allocate(bytes, owner));
      const { heapBytes } = heap.stats();
      heap.free(a);
      assert.equal(heap.stats().heapBytes, heapBytes, policy);
      heap.free(c);
      heap.free(b);
      heap.coalesce();
      const stats = heap.stats();
      assert.ok(stats.heapBytes < 4096 + 65_536, `${policy}: ${stats.heapBytes}`);
      assert.equal(stats.peakHeapBytes, heapBytes, policy);
      assert.equal(stats.utilization, 150_040 / heapBytes, policy);
    }
  });
});

/** Without a model: the heap's own invariants, its bounds, and the bytes of its live blocks. */
function runAlone(options: HeapOptions, ops: readonly Operation[]): void {
  const heap = new Heap(options);
  const live: number[] = [];
  let highest = heap.end as number;
  ops.forEach(([name, bytes, pick], step) => {
    const index = pick % Math.max(1, live.length);
    if (name === "alloc" || name === "aligned") {
      const at = heap.allocate(bytes * 5, step);
      if (at >= 0) {
        live.push(at);
        heap.bytes?.fill(at, bytes * 5, step);
      }
    } else if (name === "coalesce") heap.coalesce();
    else if (name === "reset") {
      heap.reset();
      live.length = 0;
    } else if (live.length > 0 && name === "free") heap.free(live.splice(index, 1)[0]);
    highest = Math.max(highest, heap.end);
    assert.deepEqual(heap.checkInvariants(), []);
    assert.deepEqual(heap.headerDamage(0, Infinity), []);
    assert.ok(heap.end >= options.base + options.size);
    for (const at of live) {
      const block = heap.blockAt(at);
      assert.equal(heap.bytes?.firstUndefined(at, block?.requested ?? 0), -1);
    }
    assert.equal(heap.stats().peakHeapBytes, highest - options.base);
  });
}
