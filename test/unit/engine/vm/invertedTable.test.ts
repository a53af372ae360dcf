import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import { Fifo } from "../../../../src/engine/replacement/policies/Fifo";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";

interface Resident {
  readonly space: number;
  readonly vpn: number;
  readonly frame: number;
}

describe("the inverted table", () => {
  const operation = fc.record({
    kind: fc.constantFrom("touch", "touch", "touch", "map", "unmap", "switch", "exit", "create", "save", "restore"),
    page: fc.nat(19),
    frame: fc.nat(6),
    process: fc.constantFrom("main", "a", "b"),
  });

  it("chains the pages of a bucket, the latest first, and looks at them in that order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.array(operation, { maxLength: 60, size: "max" }),
        (frames, evicts, steps) => {
          const options = virtualMemoryOptions({ pageSize: 4, frames, pages: 20, inverted: true, demand: true });
          const memory = new VirtualMemory(options, new EventLog(), evicts ? () => new Fifo() : null);
          const table = memory.invertedTable!;
          /** Resident pages in the order in which they came in. */
          let arrived: Resident[] = [];
          let saved = { snapshot: memory.snapshot(), arrived };
          for (const { kind, page, frame, process } of steps) {
            if (kind === "touch") memory.access(page * 4, "write");
            else if (kind === "map") memory.map(page, 11, frame);
            else if (kind === "unmap") memory.unmap(page);
            else if (kind === "switch") memory.switchTo(process);
            else if (kind === "exit") memory.exitSpace(process);
            else if (kind === "create") memory.createSpace(process, Infinity);
            else if (kind === "save") saved = { snapshot: memory.snapshot(), arrived };
            else {
              memory.restore(saved.snapshot);
              arrived = saved.arrived;
            }
            const now = residents(memory);
            const isSame = (one: Resident) => (other: Resident) =>
              one.space === other.space && one.vpn === other.vpn && one.frame === other.frame;
            const stayed = arrived.filter((old) => now.some(isSame(old)));
            arrived = [...stayed, ...now.filter((one) => !stayed.some(isSame(one)))];
            assert.deepEqual(memory.checkInvariants(), []);
            for (const space of [0, 1, 2, 3])
              for (let vpn = 0; vpn < 20; vpn++) {
                const bucket = (vpn + 31 * space) % frames;
                const chain = arrived.filter((one) => (one.vpn + 31 * one.space) % frames === bucket).reverse();
                const found = chain.findIndex((one) => one.space === space && one.vpn === vpn);
                const looked = found < 0 ? chain : chain.slice(0, found + 1);
                assert.deepEqual(table.probes(space, vpn), looked);
              }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("has one page for a frame: neither forks nor shared mappings nor merges", () => {
    const options = virtualMemoryOptions({ pageSize: 4, frames: 4, pages: 20, inverted: true });
    const memory = new VirtualMemory(options, new EventLog());
    memory.map(0, 11);
    memory.map(1, 11);
    assert.equal(memory.fork("child"), "cannot-share");
    assert.deepEqual(memory.map(2, 11 | 128, 0), { reason: "cannot-share" });
    assert.equal(memory.mergeEqualPages(), 0);
    assert.equal(memory.stats().tableBytes, 4 * options.format.entryBytes);
  });
});

function residents(memory: VirtualMemory): Resident[] {
  const { mappings } = memory.pager;
  return memory.spaces.flatMap((space) =>
    [...space.mappings()]
      .filter((id) => mappings.frame[id] >= 0)
      .map((id) => ({ space: space.id, vpn: mappings.vpn[id], frame: mappings.frame[id] })),
  );
}
