import { englishWords } from "../../../../src/language/Words";
import { queryMessage } from "../../../../src/machine/events/queryMistakes";
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import type { EngineEvent } from "../../../../src/engine/events";
import { parseQuery, queryWords } from "../../../../src/machine/events/parseQuery";
import { queryExamples } from "../../../../src/machine/events/query";
import type { StepRecord } from "../../../../src/machine/records/records";
import { runScript } from "../runScript";
import { ask, places } from "./scan";

const head = [
  "heap main 2KiB base=0x10000",
  "pool cells 32 x 4 base=0x20000",
  "vm page=16 frames=4 pages=32 demand=on",
];
const handle = fc.integer({ min: 0, max: 5 }).map((number) => `h${number}`);
const small = fc.integer({ min: 1, max: 120 });
const line = fc.oneof(
  fc.tuple(handle, small).map(([name, size]) => `${name} = alloc ${size}`),
  handle.map((name) => `${name} = alloc from=cells`),
  handle.map((name) => `free ${name}`),
  fc.tuple(handle, small).map(([name, size]) => `${name} = realloc ${name} ${size}`),
  fc.tuple(handle, small).map(([name, size]) => `fill ${name} ${size} 7`),
  fc.tuple(handle, small).map(([name, size]) => `read ${name} ${size}`),
  fc.constantFrom("defrag", "reset cells", "coalesce"),
  fc.integer({ min: 0, max: 31 }).map((page) => `map ${page}`),
  fc.integer({ min: 0, max: 511 }).map((address) => `store ${address} 1`),
  fc.integer({ min: 0, max: 511 }).map((address) => `load ${address}`),
);
const script = fc
  .array(line, { minLength: 1, maxLength: 40, size: "max" })
  .map((lines) => [...head, ...lines].join("\n"));

type Wanted = (event: EngineEvent, record: StepRecord) => boolean;

/** What a query must find, by the events of all records, one after the other. */
function naive(records: readonly StepRecord[], kind: string, wanted: Wanted): string[] {
  return records.flatMap((record) =>
    record.events.filter((event) => wanted(event, record)).map(() => `${record.step} ${kind}`),
  );
}

const touches =
  (kind: "read" | "write", from: number, to: number): Wanted =>
  (event) =>
    event.kind === kind && event.addr < to && from < event.addr + event.size;

describe("queries", () => {
  it("find exactly what a scan of all records finds", () => {
    fc.assert(
      fc.property(
        script,
        fc.nat(0x700),
        fc.integer({ min: 1, max: 300 }),
        fc.nat(31),
        fc.nat(5),
        (text, at, length, vpn, frame) => {
          const { records, problems } = runScript(text);
          const [from, to] = [0x10000 + at, 0x10000 + at + length];
          const check = (query: string, expected: readonly string[]): void =>
            assert.deepEqual(places(ask(text, query)), expected, `${query}\n${text}`);

          check(`writes ${from}..${to}`, naive(records, "write", touches("write", from, to)));
          check(`reads ${from}..${to}`, naive(records, "read", touches("read", from, to)));
          check(
            "splits",
            naive(records, "split", ({ kind }) => kind === "split"),
          );
          check(
            `coalesces in 5..20`,
            naive(records, "coalesce", ({ kind }, { step }) => kind === "coalesce" && step >= 5 && step < 20),
          );
          check(
            "moves",
            naive(records, "move", ({ kind }) => kind === "move"),
          );
          check(
            `faults vpn ${vpn}`,
            naive(records, "fault", (event) => event.kind === "page-in" && event.vpn === vpn),
          );
          check(
            `evictions frame ${frame}`,
            naive(records, "eviction", (event) => event.kind === "evict" && event.pfn === frame),
          );
          check(
            "maps line 6..9",
            naive(records, "map", ({ kind }, record) => kind === "map" && record.line >= 5 && record.line < 8),
          );
          check(
            `allocs > ${length}`,
            naive(records, "allocation", (event) => event.kind === "allocate" && event.requested > length)
              .concat(naive(records, "allocation", ({ kind }) => kind === "pool-allocate" && 32 > length))
              .sort((left, right) => Number.parseInt(left, 10) - Number.parseInt(right, 10)),
          );
          check(
            "frees from=main",
            naive(records, "free", ({ kind }) => kind === "free"),
          );
          check(
            "problems double-free",
            problems.filter(({ id }) => id === "double-free").map(({ step }) => `${step} problem`),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("take a handle for the block that it leads to at each step", () => {
    const text =
      "a = alloc 16\nb = alloc 16\nwrite a 1\nwrite b 1\nfree a\na = alloc 8\nwrite a+2 1\nwrite b 2\nfree a\nfree b";
    assert.deepEqual(places(ask(text, "writes a")), ["3 write", "7 write"]);
    assert.deepEqual(places(ask(text, "allocs b")), ["2 allocation"]);
    assert.deepEqual(places(ask(text, "frees a")), ["5 free", "9 free"]);
    assert.deepEqual(places(ask(text, "writes a+2")), ["7 write"]);
  });

  it("tell what ended a block", () => {
    const text =
      "pool p 16 x 4\na = alloc from=p\nb = alloc from=p\nfree a\nreset p\nc = alloc 8\nc = realloc c 4000\nfree c";
    assert.deepEqual(places(ask(text, "frees by=reset")), ["5 free"]);
    assert.deepEqual(places(ask(text, "frees by=free")), ["4 free", "8 free"]);
    assert.deepEqual(places(ask(text, "frees from=p")), ["4 free", "5 free"]);
  });

  it("tell processes apart", () => {
    const text =
      "vm page=16 frames=8 pages=8 demand=on\nmap 3\nprocess child\nswitch child\nmap 3\nstore 0x30 1\nswitch main\nstore 0x30 2";
    assert.deepEqual(places(ask(text, "faults vpn 3")), ["6 fault", "8 fault"]);
    assert.deepEqual(places(ask(text, "faults vpn 3 process=child")), ["6 fault"]);
    assert.deepEqual(places(ask(text, "writes vpn 3 process=main")), ["8 write"]);
  });

  it("say when there are more answers than are kept, and stop looking", () => {
    const text = "repeat 50\n  a = alloc 8\n  free a\nend";
    const scan = ask(text, "allocs", 10);
    assert.equal(scan.found.length, 10);
    assert.equal(scan.hasMore, true);
    assert.ok(scan.step < 100);
    assert.equal(ask(text, "allocs", 50).hasMore, false);
  });

  it("look no further than the last step asked for", () => {
    assert.equal(ask("repeat 50\n  a = alloc 8\n  free a\nend", "allocs in 1..10").step, 9);
  });

  it("say why a name found nothing", () => {
    assert.match(ask("a = alloc 8\nfree a", "reads nobody").note ?? "", /Nothing is called `nobody`/);
    assert.equal(ask("a = alloc 8\nfree a", "reads a").note, null);
  });

  it("are understood as they are shown in examples and on the page about time travel", () => {
    const page = fs.readFileSync(path.resolve(__dirname, "../../../../media/time-travel.md"), "utf8");
    const table = page.slice(page.indexOf("| question"));
    const shown = [...table.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]);
    assert.ok(shown.length > 5);
    for (const example of [...queryExamples, ...shown]) assert.equal(parseQuery(example).kind, "query", example);
    for (const word of queryWords) assert.ok(page.includes(`\`${word}\``), word);
  });

  const mistakes: readonly (readonly [string, number, RegExp])[] = [
    ["", 0, /begins with an event/],
    ["alocs", 0, /Did you mean `allocs`/],
    ["writes 0x1000..", 13, /is expected instead of the end/],
    ["writes 1 2", 9, /is not expected here/],
    ["allocs > ", 7, /is expected instead of the end/],
    ["allocs > 4KiX", 9, /unit/],
    ["allocs in a..5", 10, /plain number/],
    ["allocs line", 7, /comes a line/],
    ["problems doubl-free", 9, /Did you mean `double-free`/],
    ["frees by=me", 9, /`by=` is one of/],
    ["frees form=main", 6, /Did you mean `from`/],
    ["faults vpn", 7, /page number is missing/],
    ["reads a # why", 8, /no comment/],
    ["reads (a", 6, /`\)` is missing/],
  ];
  for (const [text, column, message] of mistakes) {
    it(`refuse \`${text}\` at its column`, () => {
      const query = parseQuery(text);
      assert.ok(query.kind === "failure");
      assert.match(queryMessage(query, englishWords), message);
      assert.equal(query.span.start, column);
    });
  }

  it("never throw, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('abwrites fromvpnline .()=<>+-0x19"#,')) }),
        (text) => {
          const query = parseQuery(text);
          assert.ok(query.kind === "query" || queryMessage(query, englishWords) !== "", text);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
