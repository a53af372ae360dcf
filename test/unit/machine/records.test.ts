import assert from "node:assert/strict";
import { englishWords } from "../../../src/language/Words";
import { storyText } from "../../../src/machine/stories/storyText";
import { eventKindNumber, engineEventKinds, eventSchema } from "../../../src/engine/events";
import { parse } from "../../../src/language/parsing/parser";
import { describeMemory } from "../../../src/machine/step/describe";
import { endRecord, toJsonProblem, toJsonRecord } from "../../../src/machine/records/json";
import { Machine } from "../../../src/machine/run/Machine";
import { readOverride } from "../../../src/machine/run/overrides";
import { parseExpression } from "../../../src/language/parsing/expressions";
import { runScript } from "./runScript";

/** Story of the last executed line. */
function story(script: string): string {
  return storyText(runScript(script).records.at(-1)!, englishWords);
}

describe("stories", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      "a = alloc 100",
      /^First fit looked at 1 free block, took the one at 0x10000 \(1048576 bytes\) and split it: 136 used, 1048440 free\.$/,
    ],
    [
      "a = alloc 8\nb = alloc 8\nfree a\nfree b",
      /^Freed `b`: 40 bytes at 0x10028, merged with 2 free neighbours into a free block of 1048576 bytes at 0x10000\.$/,
    ],
    [
      "heap 64KiB policy=run-fit header=8 min=16\na = alloc 24",
      /^Run fit looked at 1 free block, took the one at 0x10000 \(65536 bytes\) and split it: 32 used, 65504 free\.$/,
    ],
    ["pool p 64 x 10\na = alloc 64 from=p", /^Pool `p` handed out block 0 at 0x10000: 1 in use, 9 free\.$/],
    [
      "vm frames=4\nmap 1 -> 2\ntranslate 4100",
      /^0x1004 is page 1, offset 4; the page is in frame 2: physical 0x2004\.$/,
    ],
    [
      "a = alloc 8\nb = alloc 8\nfree a\ndefrag",
      /^`heap`: 1 block moved \(8 bytes\); largest free block 1048496 -> 1048536 bytes, free blocks 2 -> 1, external fragmentation 0\.0 % -> 0\.0 %\. Moved with their handles: `b` from 0x10048 to 0x10020\.$/,
    ],
    [
      "heap 200 header=0 coalesce=never\na = alloc 40\nb = alloc 40\nc = alloc 40\nd = alloc 80\nfree a\nfree b\nfree c\ncoalesce",
      /^Merged 2 pairs of adjacent free blocks: 120 bytes at 0x10000\.$/,
    ],
    ["a = alloc 8\na = realloc a 16", /^Resized the block at 0x10020 in place, from 8 to 16 bytes\.$/],
    ['a = alloc 8\nwrite a "hi"', /^Wrote 2 bytes to 0x10020: "hi"\.$/],
    ["free a", /^Refused: Nothing is called `a`/],
  ];
  for (const [script, expected] of cases) {
    it(JSON.stringify(script.split("\n").at(-1)), () => {
      assert.match(story(script), expected);
    });
  }
});

describe("records on the wire", () => {
  it("of a compaction carry every heap before and after, and what moved", () => {
    const script =
      "heap 200 header=0\nheap other 64\na = alloc 40\nb[0] = alloc 60\nc = alloc 40\nd = alloc 8\nfree a\nfree c\ndefrag";
    const record = runScript(script).records.at(-1)!;
    const extents = (largestFree: number, freeBlocks: number, externalFragmentation: number): object => ({
      largestFree,
      freeBlocks,
      externalFragmentation,
    });
    assert.deepEqual(toJsonRecord(record)["value"], {
      number: 2,
      heaps: [
        { name: "heap", moves: 2, bytes: 68, before: extents(48, 3, 1 - 48 / 128), after: extents(128, 1, 0) },
        { name: "other", moves: 0, bytes: 0, before: extents(64, 1, 0), after: extents(64, 1, 0) },
      ],
      moved: [
        { handle: "b[0]", from: "0x10028", to: "0x10000", size: 60 },
        { handle: "d", from: "0x10090", to: "0x10040", size: 8 },
      ],
    });
  });

  it("of an allocation carry address, events and memory", () => {
    const machine = new Machine(parse("\na = alloc 100"));
    const record = toJsonRecord(machine.step()!, machine.state);
    assert.equal(record["line"], 2);
    assert.deepEqual(record["value"], { addr: "0x10020", size: 100, searched: 1 });
    assert.deepEqual(record["events"], [
      { kind: "search", searched: 1, found: "0x10000", needed: 136 },
      { kind: "split", addr: "0x10000", size: 136, rest: "0x10088", restSize: 1048440 },
      { kind: "allocate", addr: "0x10000", size: 136, payload: "0x10020", requested: 100 },
    ]);
    assert.deepEqual(record["heaps"], {
      heap: {
        blocks: [
          { addr: "0x10000", size: 136, payload: "0x10020", requested: 100, state: "used", handle: "a", line: 2 },
          { addr: "0x10088", size: 1048440, payload: "0x100a8", requested: 0, state: "free", handle: null, line: null },
        ],
        freeList: [{ addr: "0x10088", size: 1048440 }],
        structure: { kind: "list", order: "address" },
      },
    });
    const [leak] = machine.problems;
    assert.deepEqual(toJsonProblem(leak), {
      id: "leak",
      severity: "warning",
      line: 2,
      column: 1,
      endColumn: 14,
      message:
        "Memory leak: `a` (100 bytes, line 2) is never freed: still reachable when the script ends, through `a`.",
      kind: "still reachable",
      facts: {
        kind: "never-freed",
        ids: [0],
        block: { handle: "a", requested: 100, address: "0x10020", line: 2, region: "heap", freed: null },
        loss: "still reachable",
        bytes: 100,
        handles: ["a"],
        from: null,
        through: "a",
        behind: { blocks: 0, bytes: 0 },
      },
      related: [{ line: 2, message: "100 bytes at 0x10020, live when the script ends." }],
    });
  });

  const values: readonly (readonly [string, unknown])[] = [
    ["heap 1KiB\na = alloc 4096", { addr: null, size: 4096, searched: 0 }],
    ["vm frames=4\nmap 0 -> 2\ntranslate 5", { va: "0x5", pa: "0x2005", hit: true, fault: false, evicted: null }],
    ["vm frames=4\ntranslate 5", { va: "0x5", pa: null, hit: false, fault: true, evicted: null }],
    [
      "vm frames=4\nmap 0 -> 2\nstore 5 258\nload 5 2",
      { va: "0x5", pa: "0x2005", hit: true, fault: false, evicted: null, bytes: "0201" },
    ],
    ['a = alloc 4\nwrite a "A\\n"\nread a 2', { bytes: "410a", text: "A." }],
    ["x = 5", { number: 5 }],
    ["free 0", null],
  ];
  for (const [script, expected] of values) {
    it(`of ${JSON.stringify(script.split("\n").at(-1))} have the value ${JSON.stringify(expected)}`, () => {
      const value = toJsonRecord(runScript(script).records.at(-1)!)["value"] as Record<string, unknown> | null;
      // The walk of a translation has tests of its own.
      if (script.includes("translate")) delete value?.["walk"];
      if (script.includes("4096")) assert.deepEqual({ ...value, searched: 0 }, expected);
      else assert.deepEqual(value, expected);
    });
  }

  it("at the end carry statistics, and the memory on demand", () => {
    const { machine } = runScript("a = alloc 8\nfree a\npool p 64 x 2\nvm frames=4\nmap 1 -> 2 rw\nstore 4096 1");
    const end = endRecord(machine.state, machine.problems, true);
    const keys = ["kind", "steps", "problems", "heaps", "vm", "pools", "caches", "cacheTotals", "leaks"];
    assert.deepEqual(Object.keys(end), keys);
    assert.equal(end["steps"], 6);
    const { heap } = end["heaps"] as Record<string, Record<string, unknown>>;
    assert.equal(heap["peakUsed"], 8);
    assert.deepEqual(heap["freeList"], [{ addr: "0x10000", size: 1048576 }]);
    assert.deepEqual((end["vm"] as Record<string, unknown>)["pages"], [{ vpn: 1, pfn: 2, flags: "rw--AD" }]);
    assert.equal((end["pools"] as Record<string, { blocks: unknown[] }>)["p"].blocks.length, 2);
    assert.equal("blocks" in (endRecord(machine.state, []) as { heaps: { heap: object } }).heaps.heap, false);
  });

  it("name the numbers of every kind of event", () => {
    for (const kind of engineEventKinds) {
      assert.ok(eventKindNumber(kind) >= 0);
      const names = Object.keys(eventSchema[kind].fields);
      assert.ok(names.length >= 1 && names.length <= 5);
    }
  });
});

describe("description of memory", () => {
  it("says in text what the drawings show", () => {
    const { machine } = runScript("a = alloc 100\nb = alloc 200\nfree a\npool p 8 x 3\nc = alloc 8 from=p\nx = 5");
    const text = describeMemory(machine.state);
    for (const part of [
      "After 6 steps:",
      "heap heap: 200 bytes used in 1 block, 1048344 bytes free in 2 blocks",
      "used, 200 requested, payload 0x100a8",
      "free list: 0x10000 (136) -> 0x10170 (1048208)",
      "pool p: 1 of 3 blocks of 8 bytes used",
      "#..",
      "a = 0x10020, dangling: freed at line 3",
      "b = 0x100a8, 200 bytes from line 2",
      "x = 0x5, a plain number",
    ]) {
      assert.ok(text.includes(part), `${part} is missing in\n${text}`);
    }
  });

  it("of nothing says so", () => {
    assert.match(describeMemory(new Machine(parse("")).state), /no heap, pool or virtual memory yet/);
  });
});

describe("overrides", () => {
  it("change every heap, the implicit one too, and win over what is written", () => {
    const overrides = new Map([
      ["heap.header", "8"],
      ["heap.policy", "best-fit"],
      ["heap.size", "4KiB"],
    ]);
    const { machine } = runScript("heap a 1KiB header=32\nheap b 1KiB\n", {}, overrides);
    for (const heap of machine.state.heaps.values()) {
      assert.equal(heap.options.header, 8);
      assert.equal(heap.options.policy, "best-fit");
      assert.equal(heap.options.size, 4096);
    }
    const implicit = runScript("x = alloc 8\nfree x", {}, overrides).machine.state.heaps.get("heap")!;
    assert.equal(implicit.options.header, 8);
    assert.equal(implicit.options.policy, "best-fit");
  });

  for (const [key, value] of [
    ["heap.policy", "magic"],
    ["heap.colour", "red"],
    ["stack.size", "5"],
    ["heap", "5"],
    ["heap.size", ")"],
  ] as const) {
    it(`${key}=${value} is refused with a message`, () => {
      const reading = readOverride(key, value);
      assert.ok("message" in reading && reading.message.length > 10);
    });
  }
});

describe("expressions", () => {
  const { machine } = runScript(
    "heap main 1MiB\npool p 8 x 3\na = alloc 100\nb[2] = alloc 4\nn = 7\nvm frames=2\ntranslate 0",
  );
  const cases: readonly (readonly [string, number | boolean | RegExp])[] = [
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3 % 4", 1],
    ["7 / 2", 3.5],
    ["a + 4 - a", 4],
    ["sizeof(a) + sizeof(b[2])", 104],
    ["b[n - 5] - b[2]", 0],
    ["used", 104],
    ["main.used == used && !(used < 104)", true],
    ["main.currentUsed - 104 || faults == 1", true],
    ["p.free", 3],
    ["p.used != 0", false],
    ["vm.references", 1],
    ["free + 104 + 2 * 32 + 4 + 4", 1024 * 1024],
    ["nothing", /Nothing is called `nothing`/],
    ["b[3]", /Nothing is called `b\[3\]`/],
    ["main.colour", /no statistic `colour`/],
    ["other.used", /no heap, pool, cache or process `other`/],
    ["sizeof(n)", /does not point to a block/],
    ["1 % 0", /divides by zero/],
    ["b[0.5]", /whole number/],
    ["main", /heap or pool at this point/],
  ];
  for (const [text, expected] of cases) {
    it(`${text} is ${String(expected)}`, () => {
      const parsed = parseExpression(text);
      assert.ok(parsed.kind === "expression", text);
      const result = machine.state.evaluate(parsed.expression);
      if (expected instanceof RegExp) assert.match("error" in result ? result.error : "", expected);
      else assert.deepEqual(result, { value: expected });
    });
  }
});
