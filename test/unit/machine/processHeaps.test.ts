import * as assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { describeState } from "../../../src/machine/inspect/describeState";
import { endRecord } from "../../../src/machine/records/json";
import { said, problemPlaces, runScript } from "./runScript";

const start = "vm frames=8 pages=256 replacement=lru\nregion heap 16..17 grow=up\nregion stack 200..201 grow=down";

function clean(script: string): ReturnType<typeof runScript> {
  const run = runScript(script);
  assert.deepEqual(
    run.problems.map((problem) => `${problem.line + 1}: ${said(problem).message}`),
    [],
  );
  assert.deepEqual(run.machine.checkInvariants(), []);
  return run;
}

describe("a heap in the pages of a process", () => {
  it("begins in the region, grows it, and faults pages in as headers and payloads are written", () => {
    clean(`${start}
heap h 64KiB in=main
expect faults == 1
a = alloc 100
expect a == 16 * 4096 + 32
expect faults == 1
b = alloc 20000
expect h.residentBytes == 2 * 4096
fill b 20000 7
expect h.residentBytes == 5 * 4096
expect h.pageFragmentation < 0.2
write a "hello"
load a 1
free a
free b
expect main.resident == 5`);
  });

  it("counts what a script reads, and not what views and checks read", () => {
    const { machine } = clean(`${start}
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

  it("sends what the allocator and the script touch through the caches", () => {
    clean(`cache L1 1KiB line=64
${start}
heap h 8KiB in=main
a = alloc 200
before = 0 + cache.accesses
walks = 0 + cache.walkAccesses
fill a 200 7
expect cache.accesses == before + 4
expect cache.walkAccesses > walks
read a 4
expect cache.accesses == before + 5
expect cache.pageFaults == faults
free a
expect cache.accesses > before + 5`);
  });

  it("survives eviction: bytes come back from swap space", () => {
    clean(`vm frames=2 pages=64 replacement=fifo
region heap 4..5 grow=up
heap h 40KiB in=main
a = alloc 4000
b = alloc 4000
c = alloc 4000
d = alloc 4000
write a "first"
fill b 4000 1
fill c 4000 2
fill d 4000 3
expect h.residentBytes == 8192
expect h.swappedBytes > 0
copy d a 5
read d 5
check h
free b
free c
coalesce h
free a
free d`);
  });

  it("grows by itself until the next region", () => {
    clean(`vm frames=64 pages=64 demand=on
region heap 4..5 grow=up
region mmap 8..9
heap h 4KiB in=main grow=4KiB
a = alloc 6000
expect h.heapBytes == 12288
free a
expect problem out-of-memory
b = alloc 17000`);
  });

  it("gives pages behind the last block back when it is compacted", () => {
    const { records } = clean(`${start.replace("frames=8", "frames=32")}
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
    assert.match(defrag?.story ?? "", /4 pages behind the last block given back/);
    const { value } = records.at(-2) ?? {};
    assert.equal(value?.kind === "bytes" ? Buffer.from(value.bytes).toString() : "", "kept");
  });

  it("is copied by a fork page by page, and its addresses mean the running process", () => {
    const { machine, records } = clean(`${start}
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
    const { problems, machine } = runScript(`vm frames=8 pages=64 demand=on
process p
switch p
region heap 4..5 grow=up
heap h 4KiB in=p
a = alloc 64
switch main
b = alloc 8
free a
defrag h
reset h
switch p
exit p
free a`);
    assert.deepEqual(problemPlaces(problems), [
      "bad-operand@8",
      "bad-operand@9",
      "bad-operand@10",
      "bad-operand@11",
      "double-free@14",
    ]);
    assert.match(said(problems[0]).message, /heap `h` is in the process `p`, and `main` runs; `switch p` first\./);
    assert.match(said(problems[4]).message, /by the end of its process/);
    assert.equal(machine.state.heaps.size, 0);
  });

  const refusals: readonly (readonly [script: string, message: RegExp])[] = [
    ["heap h 4KiB in=main", /needs virtual memory/],
    ["vm demand=on\nheap h 4KiB in=other", /no process `other`/],
    ["vm\nregion heap 16..17\nheap h 4KiB in=main", /needs demand paging/],
    ["vm demand=on\nheap h 4KiB in=main", /has no region `heap`/],
    ["vm demand=on\nprocess p\nheap h 4KiB in=p", /does not run/],
    ["vm demand=on\nregion heap 16..17\nregion next 17..18\nheap h 8KiB in=main", /does not fit/],
    ["vm demand=on\nregion heap 16..17\nheap h 4KiB in=main base=0x10000", /exclude each other/],
    ["vm demand=on\nregion heap 16..17\nheap h 4KiB in=main\nheap g 4KiB in=main", /holds the heap `h` already/],
    ["vm demand=on\nheap g 4KiB\nregion heap 16..17\nheap h 4KiB in=main", /keeps the addresses up to/],
    ["vm demand=on\nsegment all 1MiB\nregion heap 16..17\nheap h 4KiB in=main", /has segments/],
  ];
  for (const [script, message] of refusals) {
    it(`is refused: ${JSON.stringify(script)}`, () => {
      const { problems } = runScript(script);
      assert.equal(problems.length, 1);
      assert.match(said(problems[0]).message, message);
    });
  }

  it("reports touches that fail, after the statement", () => {
    const { problems } = runScript(`vm frames=1 pages=64 demand=on
region heap 4..5 grow=up
heap h 16KiB in=main
a = alloc 6000
fill a 6000 1
free a`);
    assert.deepEqual([...new Set(problemPlaces(problems))].slice(0, 2), ["out-of-frames@4", "out-of-frames@5"]);
    const denied = runScript(
      `${start}\nheap h 4KiB in=main\na = alloc 8\nprotect 16 r\nwrite a 1\nprotect 16 rw\nfree a`,
    );
    assert.deepEqual(problemPlaces(denied.problems), ["protection-fault@7"]);
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
