import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { fitPolicies } from "../../../../src/engine/heap/fit";
import { redZoneSize, type HeapOptions } from "../../../../src/engine/heap/options";
import { operation, runBoth, shape, type NaiveModel } from "./modelRun";
import { NaiveBins } from "./naiveBins";
import { NaiveHeap } from "./naiveHeap";
import { NaiveRunFit } from "./naiveRunFit";

const guards = fc.record({
  redzone: fc.constantFrom(0, 1, 8, 20),
  quarantine: fc.constantFrom(0, 1, 100, 400, 100_000),
  fresh: fc.constantFrom(null, 0xcd),
  freed: fc.constantFrom(null, 0xdd),
  coalesce: fc.constantFrom("immediate" as const, "deferred" as const, "never" as const),
});

/** A red zone is so much more header and so much more footer, as far as places and sizes go. */
function naiveModel(options: HeapOptions): NaiveModel {
  const { policy, header, footer, redzone } = options;
  const layout = { ...options, header: header + redzone, footer: footer + redzone };
  const isBins = policy === "tlsf" || policy === "segregated";
  const coalesce = policy === "tlsf" ? "immediate" : options.coalesce;
  if (policy === "run-fit") return new NaiveRunFit({ ...layout, coalesce: "immediate" });
  return isBins ? new NaiveBins({ ...layout, coalesce }) : new NaiveHeap(layout);
}

/** What every byte of every block that is not free must hold, said byte by byte. */
function compareBytes(heap: Heap): void {
  const { header, footer, redzone, fresh, freed } = heap.options;
  for (const { address, size, payload, requested, state } of heap.blocks()) {
    if (state === "free") continue;
    for (let at = address + header; at < address + size - footer; at++) {
      const inside = at >= payload && at < payload + requested;
      const expected: number | null = inside ? (state === "used" ? fresh : freed) : redzone > 0 ? 0xfd : null;
      if (expected !== null) assert.equal(heap.bytes!.get(at), expected, `${at} of the block at ${address}`);
      if (inside) assert.equal(heap.bytes!.firstUndefined(at, 1), at);
    }
    assert.ok(payload - (address + header) >= redzone && address + size - footer - payload - requested >= redzone);
  }
}

describe("Heaps with red zones, fills and quarantine against the naive models", () => {
  for (const policy of [...fitPolicies, "run-fit", "tlsf", "segregated"] as const) {
    it(policy, () => {
      let waited = 0;
      fc.assert(
        fc.property(
          shape,
          guards,
          fc.array(operation, { minLength: 1, maxLength: 80, size: "max" }),
          ({ base, size, min, ...rest }, given, operations) => {
            const least = min + 2 * redZoneSize(given.redzone, rest.align);
            const options = defaultHeapOptions("h", base, size * 4, { policy, ...rest, ...given, min: least });
            const heap = new Heap(options);
            // The bytes cost the most and cannot come right again by themselves, so the end tells all.
            runBoth(options, naiveModel(options), operations, heap);
            compareBytes(heap);
            waited += heap.stats().quarantinedBlocks;
          },
        ),
        { numRuns: 80, seed: 22 },
      );
      assert.ok(waited > 100);
    });
  }
});
