import assert from "node:assert/strict";
import { join } from "node:path";
import { replacementPolicies } from "../../../src/engine/replacement/createPolicy";
import { heapPolicies } from "../../../src/engine/heap/options";
import { cli, Folder, json } from "./harness";

describe("memscript compare", () => {
  let folder: Folder;
  let script: string;
  before(() => {
    folder = new Folder();
    script = folder.write(
      "holes.memscript",
      `heap 1000 header=0 align=1 min=1 base=0x1000
a = alloc 100
b = alloc 10
c = alloc 50
d = alloc 10
free a
free c
e = alloc 50
free b
free d
free e
expect used == 0
`,
    );
  });
  after(() => folder.remove());

  it("prints a table, the ideal and where policies part", async () => {
    const { code, out, err } = await cli("compare", script, "--policies", "first-fit,best-fit,worst-fit");
    assert.equal(err, "");
    assert.equal(code, 0);
    const timeless = out.replace(/ +time$/m, "").replace(/ +[\d.]+ ms$/gm, "");
    assert.equal(
      timeless.replace(/ +-$/gm, "").replace(/ +$/gm, ""),
      `policy     utilization  peak heap  high water  internal frag.  external frag.  searched  splits  coalesces  refused
first-fit       17.00%       1000         170           0.00%           0.00%         5       5          5        0
best-fit        17.00%       1000         170           0.00%           0.00%         7       4          4        0
worst-fit       17.00%       1000         220           0.00%           0.00%         7       5          5        0
ideal          100.00%        170         170           0.00%           0.00%         -       -          -        0

best-fit parts from first-fit at line 8, step 8 (e = alloc 50): 0x106e instead of 0x1000
worst-fit parts from first-fit at line 8, step 8 (e = alloc 50): 0x10aa instead of 0x1000
`,
    );
  });

  it("prints one object a policy, the ideal and the differences as JSON", async () => {
    const { out } = await cli("compare", script, "--policies", "first-fit,best-fit", "--json");
    const records = json(out) as Record<string, unknown>[];
    assert.deepEqual(
      records.map(({ kind, policy }) => [kind, policy]),
      [
        ["policy", "first-fit"],
        ["policy", "best-fit"],
        ["ideal", "ideal"],
        ["difference", "best-fit"],
      ],
    );
    assert.equal(records[0]["splits"], 5);
    assert.equal(records[0]["externalFragmentation"], 0);
    assert.equal(records[2]["peakHeapBytes"], 170);
    assert.equal(records[3]["line"], 8);
  });

  it("takes every policy when none is named, and each once", async () => {
    const all = json((await cli("compare", script, "--json")).out) as Record<string, unknown>[];
    assert.deepEqual(
      all.filter(({ kind }) => kind === "policy").map(({ policy }) => policy),
      heapPolicies,
    );
    const twice = await cli("compare", script, "--policies", "tlsf, tlsf");
    assert.match(twice.out, /^policy.*\ntlsf.*\nideal.*\n\nOne policy alone has nothing to differ from\.\n$/);
  });

  it("says so when nothing differs", async () => {
    const same = folder.write("same.memscript", "a = alloc 8\nfree a\n");
    const { out } = await cli("compare", same, "--policies", "first-fit,best-fit");
    assert.match(out, /\nEvery step gives the same result under all of them\.\n$/);
  });

  describe("of what references go through", () => {
    const paging = join(__dirname, "../../fixtures/cases/h12-compare-paging.memscript");
    const timeless = (out: string): string => out.replace(/ +time$/gm, "").replace(/ +[\d.]+ ms$/gm, "");

    it("prints a row for each replacement policy, and no rows of a heap", async () => {
      const { code, out, err } = await cli("compare", paging, "--policies", "fifo,lru,clock");
      assert.deepEqual([code, err], [0, ""]);
      assert.equal(
        timeless(out),
        `Page replacement in 3 frames of 4096 bytes
replacement  faults  fault ratio  evictions  write-backs  working set
fifo             15       75.00%         12            0         2.85
lru              12       60.00%          9            0         2.85
clock            14       70.00%         11            0         2.85

20 references to 6 pages
page faults with frames   1   2   3   4  5  6
fifo                     20  15  15  10  9  6
lru                      20  17  12   8  7  6
clock                    20  15  14   9  9  6
window of references     1     3     5     7     9    11    13    15    17    19    20
mean working set      1.00  2.70  3.55  4.00  4.40  4.70  4.90  5.00  5.10  5.10  5.10
`,
      );
    });

    it("prints curves at any frame numbers of any policies", async () => {
      const curve = await cli("compare", paging, "--curve", "--policies", "fifo,opt", "--frames", "3,5..6,9");
      assert.match(
        curve.out,
        /^20 references to 6 pages\npage faults with frames +3 +5 +6 +9\nfifo +15 +9 +6 +6\nopt +9 +7 +6 +6\n/,
      );
      const trace = folder.write("one.ref", "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1\n");
      const replay = await cli("replay", trace, "--curve", "--policies", "clock,lru", "--frames", "3,4");
      assert.match(replay.out, /miss ratio with frames +clock +lru\n +3 +0\.7000 +0\.6000\n +4 +0\.4500 +0\.4000\n/);
      const record = json((await cli("replay", trace, "--curve", "--frames", "3", "--json")).out)[0];
      const { sizes, lru, opt } = record as Record<string, unknown>;
      assert.deepEqual([sizes, lru, opt], [[3], [12], [9]]);
    });

    it("prints one JSON object a row", async () => {
      const records = json((await cli("compare", paging, "--json")).out) as Record<string, unknown>[];
      assert.deepEqual(
        records.map(({ kind }) => kind),
        [...replacementPolicies.map(() => "replacement"), "paging"],
      );
      assert.deepEqual(
        records.filter(({ policy }) => policy === "opt").map(({ faults }) => faults),
        [9],
      );
    });

    it("compares lookaside buffers and caches of a trace", async () => {
      const trace = folder.write("h14.ref", "1 2 1 3 1\n");
      const tlb = await cli("compare", trace, "--vm", "frames=8 tlb=2", "--of", "tlb", "--policies", "lru,fifo");
      assert.match(tlb.out, /\nLookaside buffer of 2 entries\n.*\nlru +2 +3 .*\nfifo +1 +4 /);
      const all = json((await cli("compare", trace, "--vm", "frames=8 tlb=2", "--cache", "L1 1KiB", "--json")).out);
      assert.deepEqual(
        [...new Set((all as { kind: string }[]).map(({ kind }) => kind))],
        ["replacement", "tlb", "cache", "paging"],
      );
    });

    it("says so when there is nothing to compare", async () => {
      const { code, out } = await cli("compare", folder.write("none.memscript", "expect 1 == 1\n"));
      assert.deepEqual(
        [code, out],
        [0, "There is nothing to compare: no heap, paging on demand, lookaside buffer or cache.\n"],
      );
    });

    it("takes the options that a policy can have, and leaves out the others", async () => {
      const options = ["--set", "heap.order=fifo", "--set", "heap.rounding=class", "--set", "heap.size=2KiB"];
      const { code, out } = await cli("compare", script, "--policies", "first-fit,tlsf,buddy", ...options);
      assert.equal(code, 0);
      assert.match(out, /\nfirst-fit +\S+ +2048 /);
    });
  });

  describe("--pools", () => {
    const pools = `pool nodes 64 x 10
repeat 4 as i
  n[i] = alloc from=nodes
end
reset nodes
slab inodes 100
a = alloc 60 from=inodes
free a
`;

    it("prints a table for each pool and slab cache: a pool, a slab cache and a heap of each policy", async () => {
      const { code, out, err } = await cli("compare", folder.write("pools.memscript", pools), "--pools");
      assert.deepEqual([code, err], [0, ""]);
      const [nodes, inodes, ...others] = out.trimEnd().split("\n\n");
      assert.deepEqual(others, []);
      assert.deepEqual(nodes.split("\n").slice(0, 5), [
        "nodes: 4 allocations of blocks of 64 bytes, at most 256 bytes live",
        "allocator   memory  overhead  internal frag.  external frag.  searched  refused",
        "pool           256         0           0.00%           0.00%         4        0",
        "slab          4096      3840           0.00%           0.00%         4        0",
        "first-fit     4096      3840          33.33%           0.00%         4        0",
      ]);
      assert.deepEqual(
        nodes
          .split("\n")
          .slice(2)
          .map((line) => line.split(" ")[0]),
        ["pool", "slab", ...heapPolicies, "ideal"],
      );
      assert.match(inodes, /^inodes: 1 allocation of blocks of 100 bytes, at most 60 bytes live\n/);
      assert.match(inodes, /\npool +100 +40 +40\.00% /);
    });

    it("prints one object a row as JSON", async () => {
      const { out } = await cli("compare", folder.write("pools.memscript", pools), "--pools", "--json");
      const records = json(out) as Record<string, unknown>[];
      assert.equal(records.length, 2 * (2 + heapPolicies.length));
      assert.deepEqual(records[0], {
        ...{ kind: "pool", name: "nodes", allocator: "pool", memoryBytes: 256, overheadBytes: 0 },
        ...{ atPeak: { internal: 0, external: 0 }, searched: 4, failures: 0 },
      });
    });

    it("says so without pools, and takes no trace", async () => {
      const { out } = await cli("compare", script, "--pools");
      assert.equal(out, "The script has no pool and no slab cache.\n");
      const trace = folder.write("few.mtrace", "= Start\n@ a:[0x1] + 0x1000 0x64\n= End\n");
      const { code, err } = await cli("compare", trace, "--pools");
      assert.equal(code, 2);
      assert.match(err, /recorded traces have no pools/);
    });
  });
});
