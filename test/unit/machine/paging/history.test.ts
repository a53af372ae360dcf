import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../../src/language/parsing/parser";
import { History } from "../../../../src/machine/run/History";
import { Machine } from "../../../../src/machine/run/Machine";
import type { MachineState } from "../../../../src/machine/run/MachineState";
import { describeState } from "../../../../src/machine/inspect/describeState";
import { replacementPolicies } from "../../../../src/engine/replacement/createPolicy";

interface Place {
  readonly state: MachineState;
}

/** All that two equal places agree on: every process's pages with their bytes, policies, buffers, counters. */
function picture({ state }: Place): unknown {
  const { vm } = state;
  if (vm === null) return { step: state.step };
  const { pageSize, frames } = vm.options;
  const { pager } = vm;
  const { mappings } = pager;
  const spaces = vm.spaces.map((space) => ({
    name: space.name,
    areas: space.areas,
    segments: space.segments,
    tables: [...space.tree.all()],
    pages: [...space.mappings()].map((id) => {
      const at = pager.bytesAddress(id);
      const bytes = at < 0 ? "untouched" : String(vm.physical.read(at, pageSize));
      return [mappings.vpn[id], mappings.frame[id], mappings.slot[id], mappings.flags[id], mappings.order[id], bytes];
    }),
  }));
  return {
    step: state.step,
    memory: describeState(state),
    current: vm.current.name,
    spaces,
    frames: String(vm.physical.read(0, Math.min(frames * pageSize, 2 ** 16))),
    stats: vm.stats(),
    policy: vm.policy?.view() ?? null,
    buffer: [...(vm.tlb?.entries() ?? [])],
    handles: [...state.handles()].map(({ name, address }) => [name, address]),
  };
}

function at(text: string, position: number): Machine {
  const machine = new Machine(parse(text));
  machine.run(position);
  return machine;
}

/** Goes to the positions in turn, each time comparing with a machine that never went back. */
function checkWalk(text: string, positions: readonly number[]): void {
  const history = new History(parse(text));
  for (const position of positions) {
    history.seek(position);
    assert.deepEqual(picture(history), picture(at(text, position)), `position ${position} of\n${text}`);
    assert.deepEqual(history.state.vm?.checkInvariants() ?? [], []);
  }
}

const body = `
process other frames=2
region heap 0..12 grow=up
store 3 7
fill 16 40 5
fork child
map 13 shared=on
store 208 9
fork second
switch second
repeat 4 as i
  store i * 16 i
  load 48 - i * 16
end
store 208 8
exit second
x = load 208
switch child
dedup
reference "0 1 2 3 4 5 0 1 2" w
grow heap -6
tlb 4 ways=2 asid=on
switch main
reference "0 1 2 3 4 5 6 7"
protect 0..2 r
unmap 13
switch other
store 0 1
store 16 1
store 32 1
exit child
exit
`;

describe("going back and forth in virtual memory", () => {
  const heads = replacementPolicies.flatMap((policy) => [
    `vm page=16 pages=64 frames=5 replacement=${policy} tlb=3`,
    `vm page=16 pages=64 levels=3 entry=1 frames=12 replacement=${policy} allocation=local swap=9 zswap=64B`,
  ]);
  for (const head of heads) {
    it(`${head} is the same at every step, backwards too`, () => {
      const text = head + body;
      const last = at(text, 1000).state.step;
      checkWalk(text, [...Array.from({ length: last + 1 }, (_, index) => last - index), last]);
    });
  }

  it("lands anywhere in scripts made at random", () => {
    const statement = fc.oneof(
      fc.record({ page: fc.nat(9), value: fc.nat(255) }).map(({ page, value }) => `store ${page * 16} ${value}`),
      fc.nat(9).map((page) => `load ${page * 16}`),
      fc.nat(9).map((page) => `translate ${page * 16 + 1}`),
      fc.nat(9).map((page) => `map ${page} shared=on`),
      fc.nat(9).map((page) => `unmap ${page}`),
      fc.nat(9).map((page) => `protect ${page} r`),
      fc.constantFrom("fork a", "fork b", "switch a", "switch b", "switch main", "exit a", "exit", "dedup", "tlb 2"),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...replacementPolicies),
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom("", " table=inverted", " levels=2 entry=1", " swap=2", " tlb=2"),
        fc.array(statement, { minLength: 5, maxLength: 40, size: "max" }),
        fc.array(fc.nat(41), { minLength: 1, maxLength: 8 }),
        (policy, frames, more, lines, positions) => {
          checkWalk(
            [`vm page=16 pages=64 frames=${frames} replacement=${policy}${more}`, ...lines].join("\n"),
            positions,
          );
        },
      ),
      { numRuns: 80 },
    );
  });
});
