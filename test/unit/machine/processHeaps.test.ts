import * as assert from "node:assert/strict";
import { englishWords } from "../../../src/language/Words";
import { storyText } from "../../../src/machine/stories/storyText";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { describeState } from "../../../src/machine/inspect/describeState";
import { endRecord } from "../../../src/machine/records/json";
import { check } from "../fixtures";
import { problemPlaces, runScript } from "./runScript";

const start = "vm frames=8 pages=256 replacement=lru\nregion heap 16..17 grow=up\nregion stack 200..201 grow=down";

describe("a heap in the pages of a process", () => {
  it("counts what a script reads, and not what views and checks read", () => {
    const { machine } = check(`${start}
heap h 8KiB in=main
a = alloc 8
write a 5
before = references
read a 1
after = references
check h
stats
expect after == before + 1
expect references == after
free a`);
    const before = JSON.stringify(machine.state.vm?.stats());
    describeState(machine.state);
    machine.state.peek(16 * 4096, 8192);
    assert.equal(JSON.stringify(machine.state.vm?.stats()), before);
  });

  it("returns the pages after the last block when it is compacted", () => {
    const { records } = check(`${start.replace("frames=8", "frames=32")}
heap h 64KiB in=main
a = alloc 20000
b = alloc 100
fill a 20000 1
write b "kept"
free a
expect h.residentBytes == 5 * 4096
defrag h
expect h.residentBytes == 4096
read b 4
free b`);
    const defrag = records.find(({ op }) => op === "defrag");
    assert.ok(defrag);
    assert.match(storyText(defrag, englishWords), /4 pages after the last block returned to the system/);
    const { value } = records.at(-2) ?? {};
    assert.equal(value?.kind === "bytes" ? Buffer.from(value.bytes).toString() : "", "kept");
  });

  it("is copied by a fork page by page, and its addresses mean the running process", () => {
    const { machine, records } = check(`${start}
heap h 8KiB in=main
a = alloc 64
write a "parent"
fork child
switch child
write a "child!"
expect copies == 1
switch main
read a 6
free a
exit child`);
    const read = records.find(({ op }) => op === "read")?.value;
    assert.equal(read?.kind === "bytes" ? Buffer.from(read.bytes).toString() : "", "parent");
    assert.ok(machine.state.heaps.has("h"));
  });

  it("works only while its process runs, and ends with it without leaks", () => {
    const { machine } = check(`vm frames=8 pages=64 demand=on
process p
switch p
region heap 4..5 grow=up
heap h 4KiB in=p
a = alloc 64
switch main
b = alloc 8 # bad-operand: The heap \`h\` is in the process \`p\`, but \`main\` is running; use \`switch p\` first.
free a # bad-operand
defrag h # bad-operand
reset h # bad-operand
switch p
exit p
free a # double-free: by the end of its process`);
    assert.equal(machine.state.heaps.size, 0);
  });

  it("is part of the end record", () => {
    const { machine } = runScript(`${start}\nheap h 4KiB in=main`);
    const end = endRecord(machine.state, [], true) as { heaps: Record<string, Record<string, unknown>> };
    assert.equal(end.heaps["h"]["process"], "main");
    assert.equal(end.heaps["h"]["residentBytes"], 4096);
  });

  it("travels in time, also with pages on the way to swap space", () => {
    const script = `vm frames=3 pages=64 replacement=clock tlb=2
region heap 4..5 grow=up
heap h 24KiB in=main grow=4KiB
repeat 40 as i
  b[i] = alloc 300
  fill b[i] 300 i
end
fork child
repeat 40 as i
  free b[i]
end
defrag h`;
    const history = new History(parse(script));
    history.seek(10_000);
    const last = history.position;
    const states = new Map<number, string>();
    const picture = (): string =>
      JSON.stringify([
        describeState(history.state),
        history.state.vm?.stats(),
        Array.from(history.state.peek(4 * 4096, 32768) ?? []),
      ]);
    for (let step = 0; step <= last; step += 7) {
      history.seek(step);
      states.set(step, picture());
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Math.floor(last / 7) }), (at) => {
        history.seek(at * 7);
        assert.equal(picture(), states.get(at * 7));
      }),
      { numRuns: 20 },
    );
  });

  it("holds the same bytes as a heap without pages, for any script of allocations", () => {
    const operation = fc.record({
      kind: fc.constantFrom("alloc", "free", "fill", "defrag"),
      at: fc.nat({ max: 9 }),
      size: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const body = operations.map(({ kind, at, size }) =>
          kind === "alloc"
            ? `b[${at}] = alloc ${size}`
            : kind === "free"
              ? `free b[${at}]`
              : kind === "fill"
                ? `fill b[${at}] ${Math.min(size, 200)} ${at}`
                : "defrag h",
        );
        const tail = `\nrepeat 10 as i\n  b[i] = 0\nend\n${body.join("\n")}`;
        const paged = runScript(
          `vm frames=3 pages=64 replacement=fifo\nregion heap 16..17\nheap h 40KiB in=main${tail}`,
        );
        const plain = runScript(
          `vm frames=3 pages=64 replacement=fifo\nregion heap 16..17\nheap h 40KiB base=0x10000${tail}`,
        );
        assert.deepEqual(problemPlaces(paged.problems), problemPlaces(plain.problems));
        assert.deepEqual(paged.machine.checkInvariants(), []);
        const bytesOf = ({ machine }: typeof paged): string =>
          JSON.stringify([
            describeState(machine.state).heaps,
            [...(machine.state.heaps.get("h")?.headerDamage(0x10000, 0x1a000) ?? [])].length,
          ]);
        assert.equal(bytesOf(paged), bytesOf(plain));
        for (const block of paged.machine.state.heaps.get("h")?.blocks() ?? []) {
          if (block.state !== "used") continue;
          // Bytes that nobody wrote are stale in one heap and may be zeros in the other, whose pages went back.
          const written = ({ machine }: typeof paged): (number | null)[] =>
            Array.from({ length: block.requested }, (_, at) => {
              const { bytes } = machine.state.heaps.get("h") ?? {};
              const isWritten = bytes?.firstUndefined(block.payload + at, 1) === -1;
              return isWritten ? bytes.get(block.payload + at) : null;
            });
          assert.deepEqual(written(paged), written(plain));
        }
      }),
      { numRuns: 60 },
    );
  });
});
