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
});
