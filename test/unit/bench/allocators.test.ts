import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { loadAllocator, nativePeer, preparePeers } from "../../bench/allocators/catalogue";
import type { BenchAllocator } from "../../bench/allocators/contract";
import { measureGlibc } from "../../bench/allocators/glibc";
import { NaivePool } from "../../bench/allocators/naivePool";
import { ourPolicies } from "../../bench/allocators/ours";
import { measure } from "../../bench/measure";
import { outFolder } from "../../bench/paths";
import { utilization } from "../../bench/utilization";
import { labNames, loadWorkload } from "../../bench/workloads/catalogue";
import { syntheticWorkload } from "../../bench/workloads/synthetic";
import { FREE, WorkloadBuilder, type Workload } from "../../bench/workloads/Workload";

/** The first operation after which two live blocks share a byte or a block is misaligned; null when all is well. */
function firstClash(allocator: BenchAllocator, workload: Workload): string | null {
  const live = new Map<number, { readonly from: number; readonly to: number }>();
  for (const [k, kind] of workload.kinds.entries()) {
    const slot = workload.slots[k];
    const size = workload.sizes[k];
    const old = live.get(slot);
    live.delete(slot);
    if (kind === FREE) {
      allocator.free(old!.from);
      continue;
    }
    const from = old === undefined ? allocator.allocate(size) : allocator.reallocate(old.from, size);
    if (from <= 0 || from % 8 !== 0) return `operation ${k} got ${from}`;
    for (const other of live.values())
      if (other.from < from + size && from < other.to) return `operation ${k} overlaps`;
    live.set(slot, { from, to: from + size });
  }
  return null;
}

/** Hands out one block after the other and takes none back. */
function bump(): BenchAllocator {
  let top = 16;
  const allocate = (size: number): number => {
    const pointer = top;
    top += Math.ceil(size / 8) * 8;
    return pointer;
  };
  return { allocate, free: () => undefined, reallocate: (_, size) => allocate(size) };
}

const small = syntheticWorkload("small", 3000, 100, 5);

describe("bench allocators", () => {
  let peers: string[];
  before(() => {
    mkdirSync(outFolder, { recursive: true });
    peers = preparePeers();
  });

  it("every one keeps live blocks apart and aligned", async () => {
    for (const name of [...ourPolicies, ...peers.filter((peer) => peer !== nativePeer)]) {
      const create = await loadAllocator(name);
      equal(firstClash(create(small.arena), small), null, name);
    }
  });

  it("every one can be measured", async () => {
    for (const name of [...ourPolicies, ...peers]) {
      if (name === nativePeer) ok(measureGlibc(["ls"], 1)[0] > 0);
      else ok(measure(await loadAllocator(name), small, { warm: 1, most: 10_000 }).nanoseconds > 0, name);
    }
  });

  it("every one serves the lab's programs", async () => {
    for (const lab of labNames) {
      const workload = loadWorkload(lab);
      for (const name of [...ourPolicies, "sqlite-wasm"]) {
        const share = utilization((await loadAllocator(name))(workload.arena), workload);
        ok(share > 0 && share <= 1, `${name} on ${lab}: ${share}`);
      }
    }
  });

  it("counts utilization up to the highest byte that was asked for", () => {
    const builder = new WorkloadBuilder();
    builder.allocate(0, 16);
    builder.free(0);
    builder.allocate(1, 12);
    builder.reallocate(1, 20);
    // Blocks at 16, 32 and 48 of a bump pointer: 8 + 16 + 16 + 20 bytes, of which 20 live at the peak.
    equal(utilization(bump(), builder.build("bumped")), 20 / 60);
  });

  it("tells a refusal", () => {
    const refusing = { ...bump(), allocate: () => -1 };
    throws(() => measure(() => refusing, small, { warm: 1, most: 1000 }), /was refused/);
    throws(() => utilization(refusing, small), /was refused/);
  });

  it("cuts off what takes too long", () => {
    const long = syntheticWorkload("long", 100_000, 100, 5);
    equal(measure(() => bump(), long, { warm: 1, most: 0 }).isCut, true);
  });

  it("the naive pool is a pool", () => {
    const pool = new NaivePool(64, 2);
    deepEqual([pool.allocate(), pool.allocate(), pool.allocate()], [0, 64, -1]);
    deepEqual([pool.free(64), pool.free(64), pool.free(1), pool.allocate()], [true, false, false, 64]);
  });
});
