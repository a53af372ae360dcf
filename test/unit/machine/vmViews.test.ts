import * as assert from "node:assert/strict";
import { ValueFormat } from "../../../src/debug/protocol/format";
import { scopesOf } from "../../../src/debug/variables/scopes";
import { describeState } from "../../../src/machine/inspect/describeState";
import { layoutText } from "../../../src/machine/inspect/layoutText";
import { statsText } from "../../../src/machine/inspect/statsText";
import { runScript, said } from "./runScript";

const busy = `vm frames=4 pages=64 replacement=fifo swap=4 zswap=4KiB tlb=2
region text 1..3 rx
region heap 8..40 grow=up
guard edge 50..51
segment all 256KiB
store 0x8000 1
store 0x9000 2
process editor
fork child
switch child
store 0x8000 3
store 0xa000 4
store 0xb000 5
store 0xc000 6`;

describe("virtual memory as data and text", () => {
  const { machine, problems } = runScript(busy);
  const { state } = machine;

  it("comes from a script without problems", () => assert.deepEqual(problems, []));

  it("lists every process with regions, segments, pages and swap slots", () => {
    const { vm } = describeState(state);
    assert.ok(vm);
    assert.equal(vm.process, "child");
    assert.deepEqual(
      vm.processes.map(({ name, resident, pages }) => [name, resident, pages.length]),
      [
        ["main", 0, 2],
        ["editor", 0, 0],
        ["child", 4, 5],
      ],
    );
    const [main] = vm.processes;
    assert.deepEqual(main.regions.at(-1), { name: "edge", from: 50, to: 51, flags: "----", grow: "none", guard: true });
    assert.deepEqual(main.segments, [{ name: "all", base: "0x0", limit: 262144, flags: "rwxu", grow: "up" }]);
    for (const page of main.pages) assert.equal(page.pfn, null);
    // Every page out of memory is in exactly the slot that lists it.
    const waiting = vm.processes.flatMap(({ name, pages }) =>
      pages.filter(({ slot }) => slot !== undefined).map(({ vpn, slot }) => `${name} ${vpn} ${slot ?? -1}`),
    );
    const listed = vm.swap.flatMap(({ slot, pages }) => pages.map(({ process, vpn }) => `${process} ${vpn} ${slot}`));
    assert.deepEqual(listed.sort(), waiting.sort());
    assert.ok(waiting.length >= 2);
    for (const { packed } of vm.swap) assert.ok(packed !== null && packed < 100);
    assert.deepEqual(
      vm.tlb.map(({ process }) => process),
      ["child", "child"],
    );
    assert.deepEqual(vm.pages, vm.processes[2].pages);
  });

  it("has statistics of each process and of all for `expect`", () => {
    const names = [
      "child.resident == 4",
      "main.mapped == 2",
      "editor.tableBytes == 64 * 4",
      "copies == 1",
      "vm.swapUsed > 0",
    ];
    const again = runScript(
      [busy, ...names.map((name) => `expect ${name}`), "expect compressionRatio > 10"].join("\n"),
    );
    assert.deepEqual(again.problems, []);
    assert.match(
      said(runScript("vm\nexpect other.resident == 1").problems[0]).message,
      /no heap, pool, cache or process `other`/,
    );
    assert.match(
      said(runScript("vm\nprocess p\nexpect p.residents == 1").problems[0]).message,
      /did you mean `resident`/i,
    );
  });

  it("is told in sentences, with regions drawn", () => {
    assert.deepEqual(statsText(state), [
      "vm: 6 references, 0 hits, 6 faults, 5 pages mapped, 0 frames free",
      "  page tables of 768 bytes",
      ...statsText(state).slice(2, 3),
      ...statsText(state).slice(3, 4),
      "  1 page copied when written, 0 frames given back by merging",
      "  lookaside buffer: 0 hits, 6 misses",
      "  process main: 2 pages, 0 frames",
      "  process editor: 0 pages, 0 frames",
      "  process child (running): 5 pages, 4 frames",
    ]);
    assert.match(
      statsText(state)[2],
      /^ {2}\d evictions, \d write-backs, \d pages to the device, \d from it, \d slots of swap/,
    );
    assert.match(statsText(state)[3], /^ {2}compressed pool: \d pages in \d+ of 4096 bytes, \d+\.\d times smaller$/);
    const layout = layoutText(state);
    assert.ok(layout.includes("  process child (running)"));
    assert.ok(layout.includes("  segment all: 262144 bytes from 0x0 rwxu"));
    assert.ok(layout.includes("  region heap 0x8000..0x28000 rw-u [#s###...........................] grows up"));
    assert.ok(layout.includes("  region edge 0x32000..0x33000 guard"));
    assert.ok(layout.some((line) => /^ {2}page 9 -> swap slot \d rw-u/.test(line)));
  });

  it("has scopes in the debugger for what holds something", () => {
    const format = new ValueFormat(false);
    const names = (script: string): string[] =>
      scopesOf(runScript(script).machine.state, format).map(({ name }) => name);
    assert.deepEqual(names("a = 1"), ["Handles"]);
    // A full heap keeps its free list, so that the list stays open until something is freed.
    assert.deepEqual(names("heap 64 header=0 align=8\na = alloc 64"), ["Handles", "Heap", "Free list"]);
    assert.deepEqual(names("pool p 16 x 4"), ["Handles", "Pools"]);
    assert.deepEqual(names("cache L1 1KiB"), ["Handles", "Caches"]);
    assert.deepEqual(names("vm frames=4"), ["Handles", "Pages", "Processes"]);
    assert.deepEqual(
      scopesOf(state, format).map(({ name }) => name),
      ["Handles", "Pages", "Processes", "Regions", "TLB", "Swap"],
    );
    const scopes = scopesOf(state, format);
    const rows = (name: string): string[] =>
      scopes
        .find((scope) => scope.name === name)
        ?.children.named?.()
        .map((shown) => `${shown.name}: ${shown.value}`) ?? [];
    assert.deepEqual(rows("Processes"), [
      "main: 2 pages, 0 frames",
      "editor: 0 pages, 0 frames",
      "child: runs, 5 pages, 4 frames",
    ]);
    assert.deepEqual(rows("Regions"), [
      "all: from 0x0, 262144 bytes, rwxu",
      "text: pages 1 to 2 (0x1000), r-x-",
      "heap: pages 8 to 39 (0x8000), rw-u, grows up",
      "edge: pages 50 to 50 (0x32000), guard",
    ]);
    assert.equal(rows("TLB").length, 2);
    assert.ok(rows("Swap").some((row) => /page 8 of main/.test(row)));
  });
});
