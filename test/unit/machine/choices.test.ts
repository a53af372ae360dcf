import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { heapPolicies } from "../../../src/engine/heap/options";
import { coalesceModes, listOrders } from "../../../src/engine/heap/placementOptions";
import { replacementPolicies } from "../../../src/engine/replacement/createPolicy";
import { tableFormatNames } from "../../../src/engine/vm/tableFormats";
import { tlbPolicies } from "../../../src/engine/vm/Tlb";
import { describeOption, describeVerb } from "../../../src/language/vocabulary/vocabulary";

/** The language may not import the engines, so their words are held equal here. */
const choices: readonly [verb: string, option: string, words: readonly string[]][] = [
  ["heap", "policy", heapPolicies],
  ["heap", "order", listOrders],
  ["heap", "coalesce", coalesceModes],
  ["vm", "replacement", replacementPolicies],
  ["vm", "table", [...tableFormatNames, "inverted"]],
  ["tlb", "policy", tlbPolicies],
];

describe("the words of the language", () => {
  for (const [verb, option, words] of choices) {
    it(`for ${option}= of ${verb} are those of the engine`, () => {
      assert.deepEqual([...(describeOption(describeVerb(verb)!, option)?.choices ?? [])].sort(), [...words].sort());
    });
  }

  it("for replacement and page tables are each explained on the page about virtual memory", () => {
    const page = fs.readFileSync(path.resolve(__dirname, "../../../media/virtual-memory.md"), "utf8");
    for (const word of [...replacementPolicies, ...tableFormatNames]) assert.ok(page.includes(`\`${word}\``), word);
  });
});
