import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultHeapOptions } from "../../../src/engine/heap/defaults";
import type { HeapOptions } from "../../../src/engine/heap/options";
import { heapPolicies } from "../../../src/engine/heap/options";
import { runScript } from "./runScript";

const page = readFileSync(join(__dirname, "../../../media/allocators.md"), "utf8");

/** The heap that the page's line for `name` makes. */
function heapOnPage(name: string): HeapOptions {
  const line = new RegExp(`^heap ${name} .*$`, "m").exec(page)?.[0] ?? "";
  const { machine, problems } = runScript(line);
  assert.deepEqual(problems, []);
  return machine.state.heaps.get(name)!.options;
}

describe("The page on allocators", () => {
  it("tells every policy", () => {
    for (const policy of heapPolicies) assert.ok(page.includes(`\`${policy}\``), policy);
  });

  it("writes the textbook's allocator as the options that are held to it", () => {
    const found = heapOnPage("csapp");
    const expected = defaultHeapOptions("csapp", 0x10000, 4104, {
      ...{ policy: "first-fit", order: "address", coalesce: "immediate" },
      ...{ header: 4, footer: 4, align: 8, min: 16 },
      ...{ grow: 4096, growth: "minimum", max: found.max, realloc: "move" },
    });
    assert.deepEqual(found, expected);
  });

  it("writes the homework's simulator as the options that are held to it", () => {
    const expected = defaultHeapOptions("ostep", 1000, 100, {
      ...{ policy: "best-fit", order: "address", coalesce: "never", header: 0, align: 1, min: 1 },
    });
    assert.deepEqual(heapOnPage("ostep"), expected);
  });
});
