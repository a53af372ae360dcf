import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { endRecord } from "../../../src/machine/records/json";
import { readCacheText, readVmText } from "../../../src/machine/replay/declarations";
import { ReferenceReplay, type ReferenceReport } from "../../../src/machine/replay/ReferenceReplay";
import { AnyConverter } from "../../../src/trace/converters";
import { formats, referenceFormats } from "../../../src/trace/formats";
import type { TraceRequest } from "../../../src/trace/request";
import { runScript } from "../machine/runScript";
import { bytesOf, replayBytes } from "./traces";

const fixture = (name: string): Uint8Array => readFileSync(join(__dirname, "../../fixtures/people", name));

type Values = Readonly<Record<string, unknown>>;

/** The statistics of a run of the trace's script, with other lines in front of the first reference. */
function converted(bytes: Uint8Array, ids: readonly string[], request: TraceRequest, vm: string, cache: string) {
  const candidates = formats.filter(({ id }) => ids.includes(id));
  const converter = new AnyConverter("trace", candidates, undefined, request);
  converter.feed(bytes);
  const conversion = converter.finish();
  assert.ok(conversion.ok, conversion.ok ? "" : conversion.message);
  const caches = cache.split(";").map((part) => (part.trim().startsWith("latency") ? part : `cache ${part}`));
  const lines = [...conversion.lines].flatMap((line) =>
    line.startsWith("vm ") ? [line.replace("replacement=lru", vm), ...(cache === "" ? [] : caches)] : [line],
  );
  const { machine, problems } = runScript(lines.join("\n"));
  assert.deepEqual(
    problems.filter((problem) => problem.id !== "leak"),
    [],
  );
  return endRecord(machine.state, []) as unknown as {
    vm: Values;
    caches: Readonly<Record<string, Values>>;
    cacheTotals: Values;
    heaps: Values;
  };
}

function replayed(
  bytes: Uint8Array,
  ids: readonly string[],
  request: TraceRequest,
  vm: string,
  cache: string,
): ReferenceReport {
  const declared = readVmText(vm);
  const caches = readCacheText(cache);
  assert.ok(!("message" in declared) && !("message" in caches));
  const chosen = referenceFormats.filter(({ id }) => ids.includes(id));
  const replay = new ReferenceReplay({ formats: chosen, request, vm: declared, ...caches });
  replay.feed(bytes);
  return replay.finish();
}

/** Of the page table's statistics those that do not depend on how many pages it has. */
function counts({ references, hits, faults, evictions, writebacks, tlbHits, tlbMisses }: Values): Values {
  return { references, hits, faults, evictions, writebacks, tlbHits, tlbMisses };
}

const vms = ["replacement=lru", "replacement=fifo frames=3", "replacement=clock frames=2 tlb=2"];
const cacheTexts = [
  "L1 512B line=16 ways=2",
  "L1i 256B line=16 kind=instruction; L1d 256B line=32 kind=data ways=2; L2 1KiB line=32; latency memory=70",
];

function agree(bytes: Uint8Array, ids: readonly string[], request: TraceRequest, vm: string, cache: string): void {
  const replay = replayed(bytes, ids, request, vm, cache);
  assert.deepEqual(replay.problems, []);
  const script = converted(bytes, ids, { ...request, hasCaches: cache !== "" }, vm, cache);
  assert.deepEqual(counts(script.vm), counts(replay.vm as unknown as Values));
  for (const [name, stats] of Object.entries(replay.caches)) assert.deepEqual(script.caches[name], stats);
  if (replay.totals !== null) assert.deepEqual(script.cacheTotals, { ...script.cacheTotals, ...replay.totals });
}

const address = fc.oneof(fc.nat(0x5000), fc.nat(0xff_ffff), fc.integer({ min: 0, max: 2 ** 40 }));
const size = fc.constantFrom(1, 2, 3, 4, 8, 16, 64, 5000);
const hex = (value: number): string => value.toString(16);

/** A line of each format. */
const lineOf: Readonly<Record<string, fc.Arbitrary<string>>> = {
  lackey: fc
    .tuple(fc.constantFrom("I ", " L", " S", " M"), address, size)
    .map(([op, at, n]) => `${op} ${hex(at)},${n}`),
  pin: fc.tuple(fc.constantFrom("R", "W"), address).map(([op, at]) => `0x401000: ${op} 0x${hex(at)}`),
  din: fc.tuple(fc.nat(3), address, fc.constantFrom(1, 2, 4, 8)).map(([label, at, n]) => `${label} ${hex(at)} ${n}`),
  drcachesim: fc
    .tuple(fc.constantFrom("ifetch", "read", "write"), address, size)
    .map(([op, at, n]) => `1 2: 345 ${op}  ${n} byte(s) @ 0x${hex(at)} by PC 0x1`),
  gem5: fc.tuple(fc.constantFrom("r", "w"), address, size).map(([op, at, n]) => `${op},${at},${n},0,5000`),
  perf: fc
    .tuple(fc.constantFrom("loads", "stores"), address)
    .map(([op, at]) => `a 1 1.5: 1 cpu/mem-${op}/P: ${hex(at + 1)} 401000 main (/a)`),
  addresses: fc
    .tuple(fc.constantFrom("R", "w", "load", "STORE", "I", "m"), address, size)
    .map(([op, at, n]) => `${op} 0x${hex(at)} ${n}`),
  ref: fc
    .array(fc.tuple(fc.constantFrom("", "w ", "m "), fc.nat(9)), { minLength: 1, maxLength: 9 })
    .map((all) => all.map(([op, page]) => `${op}${page}`).join(" ")),
  pages: fc.array(fc.nat(2000), { minLength: 1, maxLength: 9 }).map((all) => all.join(", ")),
};

describe("replay and a run of the converted script", () => {
  it("has lines of each format of references", () => {
    assert.deepEqual(Object.keys(lineOf).sort(), referenceFormats.map(({ id }) => id).sort());
  });

  for (const [id, line] of Object.entries(lineOf)) {
    it(`agree on every count of random ${id} traces`, () => {
      const modify = fc.constantFrom("once", "twice");
      fc.assert(
        fc.property(
          fc.array(line, { minLength: 1, maxLength: 30 }),
          fc.constantFrom(...vms),
          fc.constantFrom("", ...cacheTexts),
          modify,
          (lines, vm, cache, how) =>
            agree(bytesOf(lines.join("\n")), [id], { modify: how, isFormatSaid: true }, vm, cache),
        ),
        { numRuns: 40 },
      );
    });
  }

  it("agree on files of people's own", () => {
    const ids = referenceFormats.map((format) => format.id);
    for (const name of [
      "straddle.trace",
      "modify.trace",
      "stray-line.trace",
      "three-column.din",
      "pinatrace.out",
      "addr-rw.trace",
    ]) {
      for (const vm of vms) for (const cache of ["", ...cacheTexts]) agree(fixture(name), ids, { name }, vm, cache);
    }
  });

  it("count an access over the end of a line once, as cachegrind does, and bring in both lines", () => {
    const { caches } = replayed(fixture("straddle.trace"), ["lackey"], {}, "replacement=lru", "L1 1KiB line=64");
    const { accesses, misses } = caches["L1"];
    assert.deepEqual({ accesses, misses }, { accesses: 2, misses: 1 });
  });

  it("count what modifies once as cachegrind does, and twice as the cache lab does", () => {
    // csim-ref -s 4 -E 1 -b 4 -t yi.trace: hits:4 misses:5 evictions:3
    const cache = "L1 256B line=16 ways=1";
    for (const [modify, expected] of [
      ["once", { accesses: 7, hits: 2, misses: 5 }],
      ["twice", { accesses: 9, hits: 4, misses: 5 }],
    ] as const) {
      const declared = readCacheText(cache);
      assert.ok(!("message" in declared));
      const replay = new ReferenceReplay({ formats: referenceFormats, request: { modify }, vm: null, ...declared });
      replay.feed(fixture("modify.trace"));
      const { accesses, hits, misses } = replay.finish().caches["L1"];
      assert.deepEqual({ accesses, hits, misses }, expected);
    }
  });

  const rep = fc.oneof(
    fc.tuple(fc.nat(5), fc.nat(9000)).map(([id, n]) => `a ${id} ${n}`),
    fc.tuple(fc.nat(5), fc.nat(9000)).map(([id, n]) => `r ${id} ${n}`),
    fc.nat(5).map((id) => `f ${id}`),
  );
  const pointer = fc.nat(5).map((id) => `0x${hex(4096 + id * 16)}`);
  const mtrace = fc.oneof(
    fc.tuple(pointer, fc.nat(9000)).map(([at, n]) => `@ a:[0x1] + ${at} 0x${hex(n)}`),
    fc.tuple(pointer, pointer, fc.nat(9000)).map(([old, at, n]) => `@ a:[0x1] < ${old}\n@ a:[0x1] > ${at} 0x${hex(n)}`),
    pointer.map((at) => `@ a:[0x1] - ${at}`),
  );
  for (const [id, operation] of Object.entries({ rep, mtrace })) {
    it(`agree on every statistic of the heap of random ${id} traces`, () => {
      fc.assert(
        fc.property(fc.array(operation, { minLength: 1, maxLength: 40 }), (lines) => {
          const bytes = bytesOf(`${lines.join("\n")}\n`);
          const script = converted(bytes, [id], {}, "", "");
          const { report } = replayBytes(bytes);
          assert.deepEqual(script.heaps["heap"], { ...report.stats });
        }),
        { numRuns: 60 },
      );
    });
  }
});
