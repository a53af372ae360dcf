import { deepEqual, equal, ok } from "node:assert/strict";
import { flatBytes } from "../../bench/allocators/glibc";
import { labNames, loadWorkload, steadyName } from "../../bench/workloads/catalogue";
import { syntheticWorkload } from "../../bench/workloads/synthetic";
import { ALLOCATE, FREE, WorkloadBuilder, type Workload } from "../../bench/workloads/Workload";

/** What is wrong with the workload: an operation on a block that is not there, or a false total. */
function mistakes(workload: Workload): string[] {
  const { kinds, slots, sizes, slotCount, peakLive, timed } = workload;
  const live = new Map<number, number>();
  const found: string[] = [];
  let bytes = 0;
  let peak = 0;
  for (let k = 0; k < kinds.length; k++) {
    const slot = slots[k];
    if (live.has(slot) === (kinds[k] === ALLOCATE)) found.push(`operation ${k} is not possible`);
    if (kinds[k] === FREE ? sizes[k] !== 0 : sizes[k] < 1) found.push(`operation ${k} has size ${sizes[k]}`);
    bytes += sizes[k] - (live.get(slot) ?? 0);
    if (kinds[k] === FREE) live.delete(slot);
    else live.set(slot, sizes[k]);
    peak = Math.max(peak, bytes);
  }
  if (live.size > 0) found.push(`${live.size} blocks stay`);
  if (peak !== peakLive) found.push(`the peak is ${peak}, not ${peakLive}`);
  if (Math.max(...slots.subarray(0, 10_000)) >= slotCount) found.push("a slot is beyond the table");
  if (timed.from >= timed.to || timed.to > kinds.length) found.push("nothing is timed");
  return found;
}

function kindCount(workload: Workload, kind: number): number {
  return workload.kinds.reduce((count, each) => count + (each === kind ? 1 : 0), 0);
}

describe("bench workloads", () => {
  for (const name of ["ls", "sqlite", "cc1", ...labNames, steadyName(100)]) {
    it(`${name} uses live blocks only and ends empty`, () => deepEqual(mistakes(loadWorkload(name)), []));
  }

  it("the synthetic program is possible, the same each time, and as long as asked", () => {
    const workload = syntheticWorkload("s", 20_000, 500, 7);
    deepEqual(mistakes(workload), []);
    deepEqual(workload, syntheticWorkload("s", 20_000, 500, 7));
    ok(Math.abs(workload.kinds.length - 20_000) <= 1);
    equal(kindCount(workload, ALLOCATE), kindCount(workload, FREE));
  });

  it("the synthetic program has the sizes that it says", () => {
    const { kinds, sizes } = syntheticWorkload("s", 50_000, 500, 7);
    const asked = [...sizes].filter((_, k) => kinds[k] === ALLOCATE);
    const share = (from: number, to: number): number =>
      asked.filter((size) => from <= size && size < to).length / asked.length;
    ok(Math.abs(share(8, 512) - 0.9) < 0.02);
    ok(Math.abs(share(512, 8192) - 0.09) < 0.02);
    ok(share(8192, 131_072) > 0.005);
    equal(share(8, 131_072), 1);
  });

  it("a trace becomes the operations of the recorded program", () => {
    const workload = loadWorkload("sqlite");
    deepEqual([kindCount(workload, ALLOCATE), kindCount(workload, FREE)], [2361, 2361]);
  });

  it("times the steady part only", () => {
    const { timed, kinds } = loadWorkload(steadyName(100));
    deepEqual([timed.from, kinds.length - timed.to], [100, 100]);
  });

  it("lays a workload flat for the C driver", () => {
    const builder = new WorkloadBuilder();
    builder.allocate(0, 5);
    builder.reallocate(0, 9);
    const words = [3, 1, 0, 3, 0, 5, 9, 0, 0, 0, 0];
    const bytes = flatBytes(builder.build("tiny"));
    deepEqual([...bytes], [...new Uint8Array(Uint32Array.from(words).buffer), 0, 2, 1]);
  });
});
