import assert from "node:assert/strict";
import { parse } from "../../../src/language/parsing/parser";
import { AnyConverter } from "../../../src/trace/converters";
import { formats } from "../../../src/trace/formats";
import { surroundingsBelow, type Surroundings } from "../../../src/trace/surroundings";
import { runScript } from "../machine/runScript";
import { bytesOf } from "../replay/traces";

const blocks = "a 5 100\nf 5\n";
const references = "r 0x1000\nw 0x2000\n";

function surroundings(script: string, lines: number): Surroundings {
  const work = surroundingsBelow(parse(script), lines);
  for (;;) {
    const turn = work.next();
    if (turn.done === true) return turn.value;
  }
}

/** The script with a trace's lines below so many of its own. */
function withTrace(script: string, lines: number, trace: string): string {
  const converter = new AnyConverter("trace", formats, surroundings(script, lines));
  converter.feed(bytesOf(trace));
  const conversion = converter.finish();
  assert.ok(conversion.ok);
  const own = script.split("\n");
  return [...own.slice(0, lines), ...conversion.lines, ...own.slice(lines)].join("\n");
}

interface Case {
  readonly name: string;
  readonly script: string;
  /** The heap line of the trace, or what stands in its place. */
  readonly heap: string;
}

const own = "heap 64KiB grow=64KiB";
const served = (name: string): string => `# Needs a heap such as \`${own}\`; here \`${name}\` serves.`;

/** A trace's lines come below the second line. */
const cases: readonly Case[] = [
  { name: "no heap", script: "stats\ncheck\n", heap: own },
  { name: "a heap above", script: "heap 1MiB\nstats\n", heap: served("heap") },
  { name: "a named heap above", script: "heap main 1MiB\nheap other 1MiB\n", heap: served("main") },
  { name: "the heap that an allocation made", script: "c = alloc 8\nfree c\n", heap: served("heap") },
  { name: "a pool and a block of it", script: "pool p 16 x 4\nc = alloc from=p\nfree c\n", heap: own },
  { name: "a pool called heap", script: "pool heap 16 x 4\nstats\n", heap: "heap trace 64KiB grow=64KiB" },
  { name: "a heap below", script: "stats\nstats\nheap 1MiB\n", heap: "heap trace 64KiB grow=64KiB" },
  {
    name: "heaps below whose names are taken",
    script: "stats\nstats\nheap 1MiB\nheap trace 1MiB\n",
    heap: "heap trace2 64KiB grow=64KiB",
  },
];

describe("a trace's lines in a script", () => {
  for (const { name, script, heap } of cases) {
    it(`with ${name} run`, () => {
      const text = withTrace(script, 2, blocks);
      assert.equal(text.split("\n")[4], heap);
      assert.deepEqual(runScript(text).problems, []);
    });
  }

  it("use the virtual memory that there is", () => {
    const text = withTrace("vm frames=8 replacement=fifo\nstats\n", 2, references);
    assert.equal(text.split("\n")[5], "# Needs `vm replacement=lru`; here the script's own `vm` serves.");
    assert.deepEqual(runScript(text).problems, []);
    assert.equal(withTrace("stats\nstats\n", 2, references).split("\n")[5], "vm replacement=lru");
  });
});
