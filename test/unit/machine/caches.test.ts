import * as assert from "node:assert/strict";
import { englishWords } from "../../../src/language/Words";
import { storyText } from "../../../src/machine/stories/storyText";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { endRecord } from "../../../src/machine/records/json";
import { Machine } from "../../../src/machine/run/Machine";

function run(...lines: string[]): Machine {
  const machine = new Machine(parse(lines.join("\n")));
  machine.run(10_000);
  assert.deepEqual(machine.checkInvariants(), []);
  return machine;
}

const small = ["cache L1 64B ways=2 line=16 latency=1", "cache L2 256B ways=4 line=16 latency=10"];

describe("caches in scripts", () => {
  it("tells each reference's way through the levels", () => {
    const machine = new Machine(parse([...small, "access 0x40", "access 0x40", "access 0x4f w"].join("\n")));
    const stories: string[] = [];
    machine.run(100, (record) => stories.push(storyText(record, englishWords)));
    assert.deepEqual(stories.slice(2), [
      "There is no `vm`: the address is physical. L1 miss (compulsory), L2 miss (compulsory), memory: 211 cycles.",
      "There is no `vm`: the address is physical. L1 hit: 1 cycle.",
      "There is no `vm`: the address is physical. L1 hit: 1 cycle.",
    ]);
  });

  it("sees what heaps are read and written", () => {
    const machine = run(...small, "a = alloc 64", 'write a "0123456789"', "read a 10", "fill a 64 0", "free a");
    // Without a vm, the payload's addresses are physical: 10 bytes twice, then 64 bytes a line at a time.
    const { accesses, readMisses, writeMisses } = machine.state.caches!.caches[0].stats();
    assert.deepEqual({ accesses, readMisses, writeMisses }, { accesses: 6, readMisses: 0, writeMisses: 4 });
  });

  it("walks fewer levels for a huge page, one for an inverted table, none for segments alone", () => {
    const walks = (vm: string, touch: string): number =>
      run(vm, "cache L1 1KiB", touch, "access 0").state.caches!.totals({ memory: 1, disk: 1 }).walkAccesses;
    assert.equal(walks("vm frames=2048 table=x86-64", "map 0 -> 0 huge=2MiB"), 3);
    assert.equal(walks("vm frames=2048 table=x86-64", "map 0 -> 0"), 4);
    assert.equal(walks("vm frames=16 table=inverted", "map 0 -> 0"), 1);
    assert.equal(walks("vm frames=16 paging=off space=4KiB", "segment all 4KiB"), 0);
  });

  it("goes back and forth in time", () => {
    const text = [...small, "latency memory=9", "repeat 40 as i", "  access (i * 37 % 11) * 16 w", "end"].join("\n");
    const history = new History(parse(text));
    const at = (position: number): string => {
      history.seek(position);
      return JSON.stringify(endRecord(history.state, [], true));
    };
    const seen = Array.from({ length: 44 }, (_, position) => at(position));
    for (const position of [43, 5, 20, 2, 0, 30, 3, 44]) assert.equal(at(position), seen[Math.min(position, 43)]);
    const { caches, cacheTotals } = JSON.parse(seen[43]) as {
      caches: Record<string, { lines: unknown[]; hits: number }>;
      cacheTotals: { accesses: number };
    };
    assert.equal(cacheTotals.accesses, 40);
    assert.equal(caches["L1"].lines.length, 4);
    assert.deepEqual(caches["L2"].lines[0], { set: 0, way: 0, addr: "0x0", dirty: true });
  });
});
