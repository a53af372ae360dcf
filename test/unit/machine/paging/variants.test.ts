import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultReplacementOptions, replacementPolicies } from "../../../../src/engine/replacement/createPolicy";
import { tieRules } from "../../../../src/engine/replacement/contract";
import { Future } from "../../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { PageCache } from "../../../../src/engine/replacement/PageCache";
import { runScript } from "../runScript";

describe("variants of replacement policies", () => {
  it("are in a script what they are in the engine", () => {
    const variant = fc.record({
      policy: fc.constantFrom(...replacementPolicies),
      frames: fc.integer({ min: 1, max: 5 }),
      window: fc.integer({ min: 1, max: 6 }),
      ties: fc.constantFrom(null, ...tieRules),
      counter: fc.constantFrom("used" as const, "zero" as const),
      loaded: fc.constantFrom("used", "unused"),
      chances: fc.integer({ min: 1, max: 4 }),
    });
    const references = fc.array(fc.nat(8), { minLength: 1, maxLength: 60, size: "max" });
    fc.assert(
      fc.property(variant, references, ({ policy, frames, window, ties, counter, loaded, chances }, list) => {
        const said = [
          `counter=${counter}`,
          `loaded=${loaded}`,
          `chances=${chances}`,
          ties === null ? "" : `ties=${ties}`,
        ];
        const vm = `vm page=16 frames=${frames} replacement=${policy} window=${window} seed=7 ${said.join(" ")}`;
        const stats = runScript(`${vm}\nreference "${list.join(" ")}"`).machine.state.vm!.stats();
        const engine = new PageCache(frames, policy, {
          ...defaultReplacementOptions(frames),
          ...{ window, agingInterval: window, ties, agingStart: counter },
          ...{ loadIsUse: loaded === "used", clockChances: chances },
          random: new MersenneTwister(7),
          future: new Future(list),
        });
        for (const page of list) engine.reference(page, false);
        assert.deepEqual([stats.faults, stats.evictions], [engine.stats.faults, engine.stats.evictions], vm);
      }),
      { numRuns: 400 },
    );
  });

  it("put the root table where `pdbr=` says, as OSTEP's page-directory base register", () => {
    const head = "vm table=radix levels=2 page=32 entry=1 pages=1024 frames=128";
    const { vm } = runScript(`${head} pdbr=108\nmap 6 -> 5\nprocess b pdbr=17\nprocess c`).machine.state;
    assert.deepEqual(
      vm!.spaces.map((space) => space.tree.node(0, 0)?.frame),
      [108, 17, undefined],
    );
    // The directory's first entry is valid and leads to the table of the next free frame from the top.
    assert.equal(vm!.physical.get(108 * 32), 0x80 | 127);
    assert.equal(vm!.physical.get(127 * 32 + 6), 0x80 | 5);
  });
});
