import assert from "node:assert/strict";
import { ValueFormat } from "../../../src/debug/protocol/format";
import { showNode } from "../../../src/debug/variables/nodes";
import { heapNode } from "../../../src/machine/inspect/regionNodes";
import { vmNode } from "../../../src/machine/inspect/vmNodes";
import { runScript } from "../machine/runScript";

describe("variables of a heap", () => {
  it("list every block, those in quarantine too", () => {
    const { state } = runScript("heap h 1KiB quarantine=1KiB\na = alloc 8\nb = alloc 8\nfree a\n").machine;
    const { indexed } = showNode(heapNode(state, state.heaps.get("h")!), new ValueFormat(false)).children!;
    assert.deepEqual(
      indexed!.page(0, indexed!.count).map(({ name, type }) => [name, type]),
      [
        ["[0]", "quarantined block"],
        ["[1]", "used block"],
        ["[2]", "free block"],
      ],
    );
  });
});

describe("variables of a page table", () => {
  it("say of each page without a frame whether it was evicted", () => {
    const lines = ["vm page=16 frames=1 pages=8 replacement=fifo", "map 3", "access 0", "store 16 1", "access 32"];
    const vm = runScript(lines.join("\n")).machine.state.vm!;
    const pages = [...vmNode(vm).facts.pages.items()].map((page) => showNode(page, new ValueFormat(false)).value);
    assert.deepEqual(pages, ["evicted rw-u--", "swap slot 0 rw-u--", "frame 0 (0x0) rw-uA-", "not touched yet rw-u--"]);
  });
});
