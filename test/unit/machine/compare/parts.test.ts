import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Future } from "../../../../src/engine/replacement/Future";
import { PageCache } from "../../../../src/engine/replacement/PageCache";
import { replacementPolicies } from "../../../../src/engine/replacement/createPolicy";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { partsOf, ReferenceParts } from "../../../../src/machine/compare/parts/ReferenceParts";
import {
  allPolicies,
  choosePolicies,
  type ComparedPart,
  type HardwarePart,
} from "../../../../src/machine/compare/parts/parts";
import type { PartComparison, ReplacementRow, RowOf } from "../../../../src/machine/compare/parts/rows";
import { survey } from "../../../../src/machine/compare/parts/survey";
import { compareWhole, type WholeComparison } from "../../../../src/machine/compare/WholeComparison";
import { curvesOf } from "../../../../src/machine/curves/pagingCurves";
import { readCacheText, readVmText } from "../../../../src/machine/replay/declarations";
import { PageCollector } from "../../../../src/machine/replay/PageCollector";
import type { ReferenceReplayOptions } from "../../../../src/machine/replay/ReferenceReplay";
import { defaultMachineOptions } from "../../../../src/machine/run/options";
import { referenceFormats } from "../../../../src/trace/formats";

const textbook = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
const noClock = (): number => 0;

function compare(
  text: string,
  words: readonly string[] | null = null,
  part: ComparedPart | null = null,
): WholeComparison {
  const program = parse(text);
  const found = runToEnd(survey(program, defaultMachineOptions));
  const chosen = words === null ? { choice: allPolicies(found.present) } : choosePolicies(words, found.present, part);
  assert.ok("choice" in chosen);
  return runToEnd(compareWhole(program, found, chosen.choice, defaultMachineOptions, noClock));
}

function rowsOf<Part extends HardwarePart>(
  { parts }: Pick<WholeComparison, "parts">,
  part: Part,
): readonly RowOf[Part][] {
  const found = parts.find((each) => each.part === part);
  assert.ok(found !== undefined, part);
  return found.rows as unknown as readonly RowOf[Part][];
}

/** A memory of frames by itself, sampled after each reference. */
function naive(
  policy: (typeof replacementPolicies)[number],
  frames: number,
  refs: readonly (readonly [number, boolean])[],
) {
  const pages = refs.map(([page]) => page);
  const cache = new PageCache(frames, policy, { future: new Future(pages) });
  let resident = 0;
  for (const [page, write] of refs) {
    cache.reference(page, write);
    resident += new Set(pages.filter((each) => cache.find(each) >= 0)).size;
  }
  const { faults, evictions, writebacks } = cache.stats;
  return { faults, evictions, writebacks, workingSet: refs.length === 0 ? 0 : resident / refs.length };
}

const figures = ({ faults, evictions, writebacks, workingSet }: Omit<ReplacementRow, "policy">) => ({
  faults,
  evictions,
  writebacks,
  workingSet: Math.round(workingSet * 1e9) / 1e9,
});

describe("Comparing the policies of what references go through", () => {
  const script = `vm frames=3 replacement=clock\nreference "${textbook.join(" ")}"\n`;

  it("has the textbook's faults, a row for each policy in the order chosen, and no row of a heap", () => {
    const whole = compare(script, ["fifo", "lru", "opt"]);
    assert.equal(whole.heap, null);
    assert.deepEqual(
      rowsOf(whole, "replacement").map(({ policy, faults }) => [policy, faults]),
      [
        ["fifo", 15],
        ["lru", 12],
        ["opt", 9],
      ],
    );
    assert.deepEqual(
      whole.parts.map(({ part, size }) => [part, size]),
      [["replacement", { kind: "frames", frames: 3, pageSize: 4096 }]],
    );
    assert.equal(whole.paging?.curves.length, 3);
  });

  it("agrees with a memory of frames by itself, under every policy", () => {
    const reference = fc.tuple(fc.nat(9), fc.boolean());
    fc.assert(
      fc.property(fc.array(reference, { maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (refs, frames) => {
        const lines = refs.map(([page, write]) => `access ${page * 4096} ${write ? "w" : "r"}`);
        const whole = compare([`vm frames=${frames} replacement=lru`, ...lines].join("\n"));
        for (const row of rowsOf(whole, "replacement")) {
          // The generator of a vm begins with another seed than that of a cache by itself.
          if (row.policy === "random" || row.policy === "random-clock") continue;
          assert.deepEqual(figures(row), figures({ ...row, ...naive(row.policy, frames, refs) }), row.policy);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("compares only what is there", () => {
    assert.deepEqual(compare("").parts, []);
    assert.equal(compare("").heap, null);
    assert.equal(compare("").paging, null);
    const fits = compare("a = alloc 8\nfree a");
    assert.deepEqual([fits.heap?.rows.length, fits.parts.length], [10, 0]);
    // A page table without demand paging has nothing to replace.
    assert.deepEqual(compare("vm frames=2\nmap 0 -> 1\naccess 0").parts, []);
  });

  it("has the lookaside buffer's policies, declared by `tlb` or by the vm", () => {
    // Two entries and pages 1 2 1 3 1: lru keeps 1, fifo does not.
    const pages = `reference "1 2 1 3 1"`;
    for (const head of ["vm frames=8 replacement=lru tlb=2", "vm frames=8 replacement=lru\ntlb 2 policy=random"]) {
      const rows = rowsOf(compare(`${head}\n${pages}`, ["lru", "fifo"], "tlb"), "tlb");
      assert.deepEqual(
        rows.map(({ policy, hits, misses }) => [policy, hits, misses]),
        [
          ["lru", 2, 3],
          ["fifo", 1, 4],
        ],
      );
    }
  });

  it("has the caches' policies, and says why one cannot be", () => {
    const text = "cache L1 96 ways=3 line=16\naccess 0\naccess 96\naccess 192\naccess 0\naccess 288\naccess 0";
    const [compared] = compare(text).parts;
    assert.equal(compared.part, "cache");
    assert.deepEqual(
      compared.rows.map(({ policy }) => policy),
      ["lru", "fifo", "random"],
    );
    assert.deepEqual(
      compared.refused.map(({ policy }) => policy),
      ["tree-plru"],
    );
    assert.match(compared.refused[0].reason, /power of two of ways, not 3/);
    assert.deepEqual(
      compared.rows.slice(0, 2).map(({ misses }) => misses),
      [4, 5],
    );
  });

  it("means the first part that is there and knows a word", () => {
    const both: ReadonlySet<ComparedPart> = new Set(["heap", "replacement", "tlb"] as const);
    assert.deepEqual(choosePolicies(["lru", "best-fit", "lru"], both), {
      choice: { heap: ["best-fit"], replacement: ["lru"] },
    });
    assert.deepEqual(choosePolicies(["lru"], both, "tlb"), { choice: { tlb: ["lru"] } });
    assert.deepEqual(choosePolicies(["lru"], new Set(["cache"] as const)), { choice: { cache: ["lru"] } });
    assert.ok("refusal" in choosePolicies(["lru"], new Set(["heap"] as const)));
  });
});

describe("Comparing the policies of a trace's memory", () => {
  const encoder = new TextEncoder();

  function compareTrace(text: string, vm: string | null, cache = ""): readonly PartComparison[] {
    const declared = vm === null ? null : readVmText(vm);
    const caches = readCacheText(cache);
    assert.ok(!("message" in caches) && (declared === null || !("message" in declared)));
    const options: ReferenceReplayOptions = { formats: referenceFormats, request: {}, vm: declared, ...caches };
    const collector = new PageCollector(referenceFormats, 4096);
    collector.feed(encoder.encode(text));
    const compared = new ReferenceParts(options, allPolicies(partsOf(options)), collector.finish(), noClock);
    for (const line of text.split(/(?<=\n)/)) compared.feed(encoder.encode(line));
    return compared.finish().parts;
  }

  it("gives what the same references give in a script", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 2, maxLength: 80 }), (pages) => {
        const vm = "frames=3 replacement=lru tlb=2";
        const parts = compareTrace(`${pages.join("\n")}\n`, vm);
        const whole = compare(`vm ${vm}\nreference "${pages.join(" ")}"`);
        for (const part of ["replacement", "tlb"] as const) {
          assert.deepEqual(rowsOf({ parts }, part), rowsOf(whole, part), part);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("has caches without a page table", () => {
    const parts = compareTrace(" L 0,4\n L 40,4\n S 0,4\n L 80,4\n L 0,4\n", null, "L1 128 ways=2 line=64");
    assert.equal(parts.length, 1);
    assert.deepEqual(
      rowsOf({ parts }, "cache")
        .map(({ policy, misses }) => [policy, misses])
        .slice(0, 2),
      [
        ["lru", 3],
        ["fifo", 4],
      ],
    );
  });
});

describe("Fault curves of any policy", () => {
  it("are those of a memory of each size, at any sizes", () => {
    const stream = fc.array(fc.nat(20), { minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(
        stream,
        fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (list, some) => {
          const pages = Float64Array.from(list);
          const sizes = [...some].sort((a, b) => a - b);
          const { curves } = runToEnd(curvesOf(pages, { policies: replacementPolicies, sizes }));
          for (const { policy, faults } of curves) {
            assert.deepEqual(
              faults,
              sizes.map((frames) => {
                const cache = new PageCache(frames, policy, { future: new Future(list) });
                cache.run(pages);
                return cache.stats.faults;
              }),
              policy,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
