import assert from "node:assert/strict";
import { join } from "node:path";
import { cli, json } from "./harness";

const trace = join(__dirname, "../../fixtures/cases/h13-csapp-heap.rep");

const heapOf = async (...options: readonly string[]): Promise<Record<string, number>> => {
  const { code, out, err } = await cli("replay", trace, "--json", ...options);
  assert.deepEqual([code, err], [0, ""]);
  const [end] = json(out) as { heaps: Record<string, Record<string, number>> }[];
  return Object.values(end.heaps)[0];
};

describe("memscript replay --heap", () => {
  it("takes the size first, as the statement does", async () => {
    const heap = await heapOf("--heap", "4KiB policy=first-fit header=4 footer=4 min=16 grow=4096");
    assert.deepEqual([heap["heapBytes"], heap["peakUsed"]], [4096, 4000]);
    assert.deepEqual(await heapOf("--heap", "csapp 4096 header=4 footer=4 min=16 grow=4096"), heap);
    assert.deepEqual(await heapOf("--heap", "header=4 footer=4 size=4096 min=16 grow=4096"), heap);
  });

  it("has 64 KiB without one", async () => {
    assert.equal((await heapOf("--heap", "policy=best-fit"))["heapBytes"], 65_536);
    assert.equal((await heapOf())["heapBytes"], 65_536);
  });

  it("gives memory back", async () => {
    const heap = await heapOf("--heap", "1KiB grow=1KiB trim=1KiB");
    assert.deepEqual([heap["heapBytes"], heap["peakHeapBytes"]], [1024, 5120]);
  });

  it("refuses what the statement refuses", async () => {
    const cases: readonly (readonly [options: string, message: RegExp])[] = [
      ["policy", /name=value/],
      ["0 policy=best-fit", /1 or more/],
      ["4KiB size=8KiB", /given twice/],
      ["4KiB max=1KiB", /less than the heap's size/],
      ["16 header=32", /no room for a block/],
      ["policy=tlsf order=fifo", /does not apply to `tlsf`/],
      ["4KiB grow=0 trim=1KiB", /needs a heap that grows/],
      ["4KiB in=p", /`in=`/],
      ["4KiB height=3", /height/],
    ];
    for (const [options, message] of cases) {
      const { code, err } = await cli("replay", trace, "--heap", options);
      assert.equal(code, 2, options);
      assert.match(err, message);
    }
  });
});
