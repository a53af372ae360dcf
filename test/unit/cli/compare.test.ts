import assert from "node:assert/strict";
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
