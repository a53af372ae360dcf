import assert from "node:assert/strict";
import fc from "fast-check";
import { CONDITION_MS } from "../harness/deadlines";
import { attack } from "./attack";
import { Isolated } from "./Isolated";
import { target } from "./target";
import { targets } from "./targets";

/** The same inputs in every run, so that a failure is one of the change that is tested; `npm run fuzz` finds others. */
const seed = 20_261;

describe("hostile input", () => {
  let isolated: Isolated;
  before(() => (isolated = new Isolated(CONDITION_MS)));
  after(() => isolated.close());

  for (const each of targets) {
    it(`breaks nothing: ${each.name}`, async () => {
      const { failure } = await attack(each, { seed, inputs: 60 }, isolated);
      assert.equal(failure, null, failure ?? "");
    });
  }
});

describe("an attack", () => {
  const broken = target({ name: "scripts", input: fc.array(fc.nat(99)), check: () => undefined });

  it("reports the smallest input that it finds, and how to find it again", async () => {
    const judge = {
      failureOf: ({ input }: { input: unknown }) =>
        Promise.resolve((input as number[]).some((n) => n > 40) ? "too large" : null),
    };
    const { failure } = await attack(broken, { seed: 1, inputs: 100 }, judge);
    assert.match(
      failure ?? "",
      /^scripts: too large\n\n\[\n 41\n\]\n\nFound by `npm run fuzz -- --only scripts --seed 1`/,
    );
  });

  it("gives up an input that has no end", async () => {
    const impatient = new Isolated(1);
    const failure = await impatient.failureOf({ target: "scripts", input: ["repeat 1000", "a = alloc 8", "end"] });
    impatient.close();
    assert.equal(failure, "No end within 1 ms.");
  });
});
