import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { tieRules } from "../../../../src/engine/replacement/contract";
import {
  defaultReplacementOptions,
  replacementPolicies,
  type ReplacementName,
} from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { PageCache } from "../../../../src/engine/replacement/PageCache";
import { NaiveMemory, type NaiveOptions } from "./naiveMemory";

type Action = { readonly kind: "read" | "write" | "drop"; readonly page: number };

const actions = fc.array(
  fc.record<Action>({
    kind: fc.constantFrom("read", "read", "read", "write", "write", "drop"),
    // Few pages are used often, as in real programs; a few numbers are too large for an index.
    page: fc.oneof(fc.nat(5), fc.nat(15), fc.constantFrom(2 ** 36, 2 ** 50 + 1)),
  }),
  { maxLength: 120 },
);

const parameters = fc.record({
  frames: fc.integer({ min: 1, max: 8 }),
  window: fc.integer({ min: 1, max: 12 }),
  agingInterval: fc.integer({ min: 1, max: 6 }),
  agingBits: fc.integer({ min: 1, max: 4 }),
  clockChances: fc.integer({ min: 1, max: 3 }),
  ties: fc.constantFrom(null, ...tieRules),
  agingStart: fc.constantFrom("used" as const, "zero" as const),
  loadIsUse: fc.boolean(),
});
type Parameters = typeof parameters extends fc.Arbitrary<infer T> ? T : never;

function referencesOf(list: readonly Action[]): number[] {
  return list.filter((action) => action.kind !== "drop").map((action) => action.page);
}

function makeCache(name: ReplacementName, values: Parameters, list: readonly Action[]): PageCache {
  const future = new Future(referencesOf(list));
  return new PageCache(values.frames, name, { ...values, future, random: new MersenneTwister(7) });
}

function makeNaive(name: ReplacementName, values: Parameters, list: readonly Action[]): NaiveMemory {
  const generator = new MersenneTwister(7);
  const options: NaiveOptions = { ...values, references: referencesOf(list), random: () => generator.next() };
  return new NaiveMemory(name, options);
}

/** What one action did, in words that both sides have. */
function act(memory: PageCache | NaiveMemory, action: Action): string {
  if (action.kind === "drop") {
    memory.drop(action.page);
    return "drop";
  }
  const hit = memory.reference(action.page, action.kind === "write");
  return `${hit ? "hit" : "fault"} evicted ${memory.evicted} writebacks ${countsOf(memory).writebacks}`;
}

function countsOf(memory: PageCache | NaiveMemory): { faults: number; evictions: number; writebacks: number } {
  const { faults, evictions, writebacks } = memory instanceof PageCache ? memory.stats : memory;
  return { faults, evictions, writebacks };
}

describe("replacement policies", () => {
  for (const name of replacementPolicies) {
    it(`${name} does what its naive restatement does`, () => {
      fc.assert(
        fc.property(parameters, actions, (values, list) => {
          const cache = makeCache(name, values, list);
          const naive = makeNaive(name, values, list);
          for (const action of list) {
            const expected = act(naive, action);
            const happened = act(cache, action);
            // Several pages can leave a working set at once, in no particular order.
            if (name !== "working-set") assert.equal(happened, expected);
            assert.deepEqual(countsOf(cache), countsOf(naive));
            assert.deepEqual(cache.checkInvariants(), []);
            for (const page of naive.pages) assert.equal(cache.find(page.page), page.frame);
          }
          const { references, hits, faults } = cache.stats;
          assert.equal(references, hits + faults);
        }),
        { numRuns: 150 },
      );
    });

    it(`${name} does so with hundreds of frames too`, () => {
      const generator = new MersenneTwister(11);
      const list = Array.from({ length: 2500 }, (): Action => {
        const page = Math.floor(400 * generator.next() ** 2);
        return { page, kind: generator.below(50) === 0 ? "drop" : generator.below(3) === 0 ? "write" : "read" };
      });
      const values = { ...defaultReplacementOptions(150), window: 120, agingInterval: 40 };
      const cache = makeCache(name, values, list);
      const naive = makeNaive(name, values, list);
      for (const action of list) {
        act(naive, action);
        act(cache, action);
        assert.deepEqual(countsOf(cache), countsOf(naive));
        for (const page of naive.pages) assert.equal(cache.find(page.page), page.frame);
      }
      assert.deepEqual(cache.checkInvariants(), []);
    });

    it(`${name} runs a list as it takes its references one by one`, () => {
      const generator = new MersenneTwister(13);
      const references = Array.from({ length: 3000 }, (): Action => {
        const page = generator.below(40) === 0 ? 2 ** 40 : Math.floor(300 * generator.next() ** 2);
        return { page, kind: generator.below(4) === 0 ? "write" : "read" };
      });
      const values = { ...defaultReplacementOptions(100), window: 80, agingInterval: 30 };
      const single = makeCache(name, values, references);
      const whole = makeCache(name, values, references);
      const pages = Float64Array.from(referencesOf(references));
      const writes = Uint8Array.from(references, ({ kind }) => (kind === "write" ? 1 : 0));
      for (const end of [1000, 2200, 3000]) {
        const begin = single.stats.references;
        for (const reference of references.slice(begin, end)) act(single, reference);
        whole.run(pages, writes, begin, end);
        assert.deepEqual(whole.snapshot(), single.snapshot());
        assert.deepEqual(whole.checkInvariants(), []);
      }
      const again = Uint32Array.from({ length: 500 }, () => generator.below(300));
      for (const page of again) single.reference(page, false);
      whole.run(again);
      assert.deepEqual(whole.snapshot(), single.snapshot());
    });

    it(`${name} goes on from a snapshot as it went on before`, () => {
      fc.assert(
        fc.property(parameters, actions, fc.nat(120), (values, list, cut) => {
          const cache = makeCache(name, values, list);
          list.slice(0, cut).forEach((action) => act(cache, action));
          const saved = cache.snapshot();
          const view = cache.view();
          const rest = list.slice(cut).map((action) => act(cache, action));
          const fresh = makeCache(name, values, list);
          for (const target of [cache, fresh]) {
            target.restore(saved);
            assert.deepEqual(target.view(), view);
            assert.deepEqual(target.checkInvariants(), []);
            assert.deepEqual(
              list.slice(cut).map((action) => act(target, action)),
              rest,
            );
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});
