import assert from "node:assert/strict";
import { cli, Folder, json } from "./harness";

/** Checks that `actual` has what `expected` says; more is allowed in objects, not in arrays. */
function has(actual: unknown, expected: unknown): void {
  if (typeof expected !== "object" || expected === null) assert.deepEqual(actual, expected);
  else if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual) && actual.length === expected.length, JSON.stringify(actual));
    for (const [index, item] of expected.entries()) has(actual[index], item);
  } else {
    for (const [key, value] of Object.entries(expected)) has((actual as Record<string, unknown>)[key], value);
  }
}

describe("JSON records of the founding scenarios", () => {
  let folder: Folder;
  before(() => {
    folder = new Folder();
  });
  after(() => folder.remove());

  async function run(text: string, ...flags: string[]): Promise<unknown[]> {
    return json((await cli("run", folder.write("script.memscript", text), "--json", ...flags)).out);
  }

  it("a heap of 1 MiB: two blocks, their texts, one block again", async () => {
    const records = await run(
      'heap main 1MiB\na = alloc 100\nb = alloc 200\nwrite a "Hello, World!"\nread a 13\nfree a\nfree b\n',
      "--state",
      "each",
    );
    assert.equal(records.length, 8);
    has(records[1], {
      kind: "step",
      step: 2,
      line: 2,
      text: "a = alloc 100",
      op: "alloc",
      ok: true,
      value: { addr: "0x10020", size: 100, searched: 1 },
      problems: [],
      heaps: {
        main: {
          blocks: [
            { addr: "0x10000", size: 136, payload: "0x10020", requested: 100, state: "used", handle: "a", line: 2 },
            { addr: "0x10088", size: 1024 * 1024 - 136, payload: "0x100a8", requested: 0, state: "free", line: null },
          ],
          freeList: [{ addr: "0x10088", size: 1024 * 1024 - 136 }],
        },
      },
    });
    has(records[4], { op: "read", value: { bytes: "48656c6c6f2c20576f726c6421", text: "Hello, World!" } });
    has(records[7], {
      kind: "end",
      steps: 7,
      problems: [],
      heaps: {
        main: {
          allocations: 2,
          deallocations: 2,
          totalAllocated: 300,
          totalFreed: 300,
          currentUsed: 0,
          peakUsed: 300,
          freeBlocks: 1,
          freeBytes: 1024 * 1024,
          usedBlocks: 0,
        },
      },
    });
  });

  it("a vm of 4 KiB pages and 100 frames: 0 is 40960, 4096 is 81920, refusals are problems", async () => {
    const records = await run(
      "vm page=4KiB frames=100\nmap 0 -> 10\nmap 1 -> 20\ntranslate 0\ntranslate 4096\ntranslate 8192\nmap 0 -> 11\nmap 2 -> 100\n",
      "--state",
      "end",
    );
    has(records[3], { value: { va: "0x0", pa: "0xa000", hit: true, fault: false, evicted: null } });
    has(records[4], { value: { va: "0x1000", pa: "0x14000" } });
    has(records[5], { ok: false, value: { pa: null, fault: true }, problems: [{ id: "page-fault", line: 6 }] });
    has(records[6], { problems: [{ id: "already-mapped" }] });
    has(records[7], { problems: [{ id: "invalid-frame" }] });
    has(records[8], {
      vm: {
        references: 3,
        hits: 2,
        faults: 1,
        pages: [
          { vpn: 0, pfn: 10 },
          { vpn: 1, pfn: 20 },
        ],
      },
    });
  });

  it("a pool of 10 blocks of 64 bytes: counts, exhaustion and a double free", async () => {
    const records = await run(
      "pool p 64 x 10\nrepeat 10 as i\n  a[i] = alloc from=p\nend\nb = alloc from=p\nfree a[3]\nfree a[3]\nstats\n",
    );
    has(records[11], { ok: false, value: { addr: null }, problems: [{ id: "pool-exhausted" }] });
    has(records[13], { problems: [{ id: "double-free", related: [{ line: 3 }, { line: 6 }] }] });
    has(records[14], { op: "stats", problems: [{ id: "leak", severity: "warning", line: 3 }] });
    has(records[15], { kind: "end", pools: { p: { blockSize: 64, usedBlocks: 9, freeBlocks: 1, peakUsed: 10 } } });
  });

  it("--set changes every heap", async () => {
    const records = await run("a = alloc 100\nfree a\n", "--set", "heap.header=8", "--state", "each");
    has(records[0], { value: { size: 100 } });
    const [first] = Object.values((records[0] as { heaps: Record<string, { blocks: { size: number }[] }> }).heaps);
    assert.equal(first.blocks[0].size, 112);
  });

  it("check prints places as compilers do, related lines below", async () => {
    const file = folder.write("twice.memscript", "a = alloc 100\nfree a\n  free a\n");
    const { out } = await cli("check", file);
    const [problem, ...related] = out.trimEnd().split("\n");
    assert.match(problem, new RegExp(`^${file}:3:\\d+: error: .+ \\[double-free\\]$`));
    assert.ok(related.length > 0 && related.every((line) => /^ {4}.+:\d+: /.test(line)), out);
  });

  it("replay --json --steps has a step's fields, and the converted script ends with the same statistics", async () => {
    const trace = folder.write("x.rep", "20000\n4\n7\n1\na 0 100\na 1 50\nr 0 300\nf 1\nf 0\na 2 8\nf 2\n");
    const records = json((await cli("replay", trace, "--json", "--steps")).out);
    assert.equal(records.length, 8);
    has(records[0], {
      kind: "step",
      step: 1,
      line: 5,
      text: "alloc 100",
      op: "alloc",
      ok: true,
      value: { addr: "0x10020", size: 100, searched: 1 },
      events: [],
      problems: [],
    });
    const script = folder.path("x.memscript");
    await cli("convert", trace, "-o", script);
    const ends = json((await cli("run", script, "--json")).out) as { heaps: object }[];
    assert.deepEqual(ends.at(-1)!.heaps, (records[7] as { heaps: object }).heaps);
  });

  it("text tells what stats prints once", async () => {
    const { out } = await cli("run", folder.write("stats.memscript", "heap main 1MiB\nstats\n"));
    assert.equal(out.match(/heap main: 0 bytes used/g)!.length, 2, "by the step and at the end");
  });
});
