import * as assert from "node:assert/strict";
import { explainAddress, explainWalk } from "../../../src/editor/language/explain";
import type { MachineState } from "../../../src/machine/run/MachineState";
import { runScript } from "../machine/runScript";
import { layHistory, type LaidMemory } from "../inspector/laidMemory";

const memory: LaidMemory = {
  heaps: [
    {
      name: "main",
      base: 0x10000,
      header: 32,
      blocks: [
        { size: 136, handle: "a", requested: 100, line: 2 },
        { size: 64, handle: null },
      ],
    },
  ],
  pools: [{ name: "small", base: 0x40000, blockSize: 64, handles: ["p", null], listOrder: [1] }],
  position: 5,
  finished: true,
};

/** The laid memory with the look-ups by address that explanations ask for, done by scanning. */
function stateOf(laid: LaidMemory): MachineState {
  const { state } = layHistory(laid);
  const regions = [...state.heaps.values(), ...state.pools.values()].map((region) => {
    const blocks = [...region.blocks()];
    const blockAt = (address: number): (typeof blocks)[number] | undefined =>
      blocks.find((block) => block.address <= address && address < block.address + block.size);
    return Object.assign(Object.create(region) as typeof region, { blockAt });
  });
  const answers = {
    regionAt: (address: number) => regions.find((region) => region.blockAt(address) !== undefined),
    peek: () => undefined,
  };
  return Object.assign(Object.create(state) as object, answers) as unknown as MachineState;
}

describe("explainAddress", () => {
  const state = stateOf(memory);
  const cases: readonly { name: string; address: number; has: readonly RegExp[]; hasNot?: readonly RegExp[] }[] = [
    {
      name: "the start of a payload: block, owner line, header and payload bounds",
      address: 0x10020,
      has: [
        /used block: `0x10000\.\.0x10088`/,
        /136 bytes/,
        /`a`, line 3/,
        /Header: `0x10000\.\.0x10020`/,
        /Payload: `0x10020\.\./,
        /100 bytes asked for/,
        /start of the payload/,
      ],
    },
    { name: "an address in a header", address: 0x10010, has: [/in the header, 16 bytes before/] },
    { name: "an address inside a payload", address: 0x10021, has: [/1 byte into the payload/] },
    { name: "a free block", address: 0x10090, has: [/free block/], hasNot: [/owned by/] },
    { name: "a pool's block", address: 0x40000, has: [/Pool `small`, block 0/, /64 bytes, used/, /`p`/] },
  ];
  for (const { name, address, has, hasNot } of cases) {
    it(name, () => {
      const text = explainAddress(state, address).join("\n");
      for (const pattern of has) assert.match(text, pattern);
      for (const pattern of hasNot ?? []) assert.doesNotMatch(text, pattern);
    });
  }

  it("says when nothing answers", () => {
    assert.deepEqual(explainAddress(stateOf({}), 0x99), ["No heap or pool answers at this address."]);
  });
});

describe("explainWalk", () => {
  const { machine } = runScript("vm frames=100\nmap 1 -> 20 ru\nload 0x1004");
  const cases: readonly { name: string; address: number; kind?: "write"; has: readonly RegExp[] }[] = [
    {
      name: "a mapped page: number, offset, entry, physical address",
      address: 0x1004,
      has: [
        /^\| Walk \| process `main` \|\n\| :-- \| :-- \|/,
        /page 1, offset 4/,
        /frame 20/,
        /`r--uA-`.*`0x14004` \(81924\)/,
      ],
    },
    {
      name: "an access that the entry forbids, and the statement that permits it",
      address: 0x1004,
      kind: "write",
      has: [
        /\| Stops \| at the permissions: page 1 permits `r--u`, but not writing\. `protect 1 rwu` permits it\. \|$/,
      ],
    },
    { name: "an unmapped page", address: 0x5000, has: [/page 5 is not mapped\. `map 5` maps it\. \|$/] },
  ];
  for (const { name, address, kind, has } of cases) {
    it(name, () => {
      const text = explainWalk(machine.state, address, kind ?? null);
      for (const pattern of has) assert.match(text, pattern);
    });
  }

  it("is empty without a vm", () => {
    assert.equal(explainWalk(runScript("a = alloc 8").machine.state, 0x10000, null), "");
  });
});
