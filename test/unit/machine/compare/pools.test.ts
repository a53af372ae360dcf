import assert from "node:assert/strict";
import { heapPolicies } from "../../../../src/engine/heap/options";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { comparePools, type PoolComparison } from "../../../../src/machine/compare/pools";
import { defaultLimits } from "../../../../src/machine/run/limits";

const compare = (text: string): PoolComparison[] => runToEnd(comparePools(parse(text), defaultLimits));

describe("pools against heaps", () => {
  it("repeat the same requests in a pool, a slab cache and a heap of each policy", () => {
    const [comparison, ...others] = compare(
      "pool p 64 x 100\nrepeat 40 as i\na[i] = alloc from=p\nend\nrepeat 40 as i\nfree a[i]\nend\ndestroy p",
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...comparison, rows: comparison.rows.map(({ allocator }) => allocator) },
      { name: "p", blockSize: 64, allocations: 40, idealBytes: 2560, rows: ["pool", "slab", ...heapPolicies] },
    );
    const row = (allocator: string): (typeof comparison.rows)[number] =>
      comparison.rows.find((candidate) => candidate.allocator === allocator)!;
    // 40 blocks of 64 bytes, no more; one page; blocks of 64 + 32 bytes in a heap of one page.
    assert.deepEqual(row("pool"), {
      ...{ allocator: "pool", memoryBytes: 2560, overheadBytes: 0, searched: 40, failures: 0 },
      atPeak: { internal: 0, external: 0 },
    });
    assert.equal(row("slab").memoryBytes, 4096);
    assert.equal(row("first-fit").memoryBytes, 4096);
    assert.equal(row("first-fit").atPeak.internal, 1 - 64 / 96);
    for (const { failures } of comparison.rows) assert.equal(failures, 0);
  });

  it("measure what small requests waste in large blocks, at the peak of live bytes", () => {
    const [{ rows, idealBytes }] = compare("slab s 100\na = alloc 25 from=s\nb = alloc 25 from=s\nreset s");
    assert.equal(idealBytes, 50);
    assert.equal(rows[0].atPeak.internal, 0.75);
    assert.equal(rows[0].memoryBytes, 200);
  });

  it("find each pool of a script, and none where there is none", () => {
    assert.deepEqual(compare("a = alloc 8\nfree a"), []);
    const names = compare("pool p 8 x 1\nslab s 16\na = alloc from=s\nfree a").map(({ name, allocations }) => [
      name,
      allocations,
    ]);
    assert.deepEqual(names, [
      ["p", 0],
      ["s", 1],
    ]);
  });
});
