import assert from "node:assert/strict";
import { ValueFormat } from "../../../src/debug/protocol/format";
import { showNode } from "../../../src/debug/variables/nodes";
import { heapNode } from "../../../src/machine/inspect/regionNodes";
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
