import assert from "node:assert/strict";
import { ValueFormat } from "../../../src/debug/protocol/format";
import { showNode } from "../../../src/debug/variables/nodes";
import type { ShownValue } from "../../../src/debug/variables/store";
import { MemoryNode } from "../../../src/editor/timeTravel/MemoryNode";
import { processNode } from "../../../src/machine/inspect/vmNodes";
import { runScript } from "../machine/runScript";

/** A group of numbered values that counts how many of them are ever made. */
function group(count: number): { readonly node: MemoryNode; made: number } {
  const group = { made: 0, node: undefined as unknown as MemoryNode };
  const page = (start: number, wanted: number): ShownValue[] =>
    Array.from({ length: wanted }, (_, index) => {
      group.made += 1;
      return { name: `[${start + index}]`, value: "" };
    });
  group.node = new MemoryNode({ name: "all", value: "", children: { indexed: { count, page } } }, "all");
  return group;
}

const names = (nodes: readonly MemoryNode[]): string[] => nodes.map(({ shown }) => shown.name);

describe("nodes of the Memory view", () => {
  it("show a hundred items as they are, more in ranges of a hundred, and make only what is opened", () => {
    assert.equal(group(100).node.children().length, 100);
    const many = group(10_050);
    const ranges = many.node.children();
    assert.deepEqual(names(ranges), ["[0..10000]", "[10000..10050]"]);
    const inner = ranges[0].children();
    assert.equal(inner.length, 100);
    assert.deepEqual(names(inner.slice(-1)), ["[9900..10000]"]);
    assert.equal(many.made, 0);
    assert.deepEqual(names(inner[99].children()).slice(-1), ["[9999]"]);
    assert.equal(many.made, 100);
    assert.deepEqual(names(ranges[1].children()).slice(0, 2), ["[10000]", "[10001]"]);
  });

  it("have paths of their own when names repeat", () => {
    const twice = [
      { name: "stack", value: "1" },
      { name: "stack", value: "2" },
    ];
    const node = new MemoryNode({ name: "Regions", value: "", children: { named: () => twice } }, "Regions");
    assert.deepEqual(
      node.children().map(({ path }) => path),
      ["Regions/stack", "Regions/stack#2"],
    );
  });

  it("know what they are about: the page of their process, the block at their address", () => {
    const script = 'vm frames=4 replacement=fifo\nreference "3"\nprocess init\na = alloc 100\nfree a\n';
    const { state } = runScript(script).machine;
    const pages = state.vm!.spaces.map((space) => {
      const shown = showNode(processNode(state.vm!, space), new ValueFormat(false));
      return new MemoryNode(shown, shown.name).children().map((page) => page.subject(state));
    });
    assert.deepEqual(pages, [[{ kind: "page", vpn: 3, process: "main" }], []]);
    const { address } = state.handle("a")!;
    const block = new MemoryNode(
      { name: "[0]", value: "", type: "free block", memoryReference: String(address) },
      "[0]",
    );
    assert.equal(block.isBlock, true);
    assert.notEqual(block.subject(state), undefined);
    assert.equal(new MemoryNode({ name: "used", value: "5" }, "used").subject(state), undefined);
  });
});
