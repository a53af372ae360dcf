import assert from "node:assert/strict";
import { verbSnippet } from "../../../src/language/vocabulary/verbSnippet";
import { describeVerb, vocabulary } from "../../../src/language/vocabulary/vocabulary";

describe("verbSnippet", () => {
  const snippetOf = (verb: string): string | null => verbSnippet(describeVerb(verb)!)?.text ?? null;

  it("has places for the operands that must be there, empty ones where names are suggested", () => {
    assert.equal(snippetOf("free"), "free $1");
    assert.equal(snippetOf("copy"), "copy $1 $2 ${3:LENGTH}");
    assert.equal(snippetOf("pool"), "pool $1 ${2:SIZE} x ${3:COUNT}");
    assert.equal(snippetOf("heap"), "heap ${1:SIZE}");
  });

  it("is absent where the verb stands alone or is written in several ways", () => {
    for (const verb of ["alloc", "stats", "end", "map", "expect"]) assert.equal(snippetOf(verb), null);
  });

  it("has texts in its places that the snippet syntax takes as they are", () => {
    for (const entry of vocabulary) {
      const text = verbSnippet(entry)?.text ?? "";
      assert.match(text.replaceAll(/\$\d+|\$\{\d+:[^$}\\]+\}/g, ""), /^[^$}\\]*$/, entry.verb);
    }
  });
});
