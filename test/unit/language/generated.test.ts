import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { heapPolicies } from "../../../src/engine/heap/options";
import { coalesceModes, listOrders } from "../../../src/engine/heap/placementOptions";
import { replacementPolicies } from "../../../src/engine/replacement/contract";
import { format } from "../../../src/language/services/format";
import { buildGrammar } from "../../../src/language/vocabulary/grammar";
import { parse } from "../../../src/language/parsing/parser";
import { problemIds } from "../../../src/language/vocabulary/problemIds";
import { renderReference } from "../../../src/language/vocabulary/reference";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";
import { catalogue } from "../../../src/machine/problems/catalogue";
import { runScript } from "../machine/runScript";

const media = join(__dirname, "../../../media");

/** Compares a shipped file with what the vocabulary makes of it; UPDATE_GOLDENS=1 rewrites it. */
function checkGolden(path: string, expected: string): void {
  const file = join(media, path);
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, expected);
  assert.equal(readFileSync(file, "utf8"), expected);
}

describe("files made from the vocabulary", () => {
  it("the grammar is up to date", () => {
    checkGolden("syntaxes/memscript.tmLanguage.json", `${JSON.stringify(buildGrammar(), null, 2)}\n`);
  });

  it("the language reference is up to date", () => checkGolden("language-reference.md", renderReference()));

  it("snippets are formatted scripts that run without a problem", () => {
    const snippets = JSON.parse(readFileSync(join(media, "snippets/memscript.json"), "utf8")) as Record<
      string,
      { body: string | string[] }
    >;
    for (const [title, { body }] of Object.entries(snippets)) {
      const values = new Map([["0", ""]]);
      const text = [body].flat().join("\n");
      const filled = text
        .replace(/\$\{(\d+)[:|]([^},|]*)[^}]*\}/g, (_, key: string, value: string) => (values.set(key, value), value))
        .replace(/\$(\d+)/g, (_, key: string) => values.get(key) ?? "?");
      assert.equal(format(filled), filled, title);
      assert.deepEqual(runScript(filled).problems, [], `${title}: ${filled}`);
    }
  });
});

describe("vocabulary", () => {
  for (const entry of vocabulary) {
    it(`the example of ${entry.verb} parses as ${entry.verb}`, () => {
      const closing = entry.verb === "repeat" ? "\nend" : "";
      const opening = entry.verb === "end" ? "repeat 2\n" : "";
      const program = parse(opening + entry.example + closing);
      assert.deepEqual(program.problems, []);
      assert.ok(program.instructions.some((instruction) => instruction.statement.verb === entry.verb));
    });
  }

  it("tells in one line what each choice means, of options where any has a line", () => {
    for (const { verb, options } of vocabulary) {
      for (const { name, choices, choiceDocs } of options) {
        if (choiceDocs === undefined) continue;
        assert.deepEqual(Object.keys(choiceDocs), choices, `${verb} ${name}=`);
        for (const doc of Object.values(choiceDocs)) assert.match(doc, /^.{1,110}\.$/);
      }
    }
  });

  it("has a line for every policy and mode that the engines know", () => {
    const told = (verb: string, option: string): string[] => {
      const described = vocabulary.find((entry) => entry.verb === verb)?.options.find(({ name }) => name === option);
      return Object.keys(described?.choiceDocs ?? {}).sort();
    };
    assert.deepEqual(told("heap", "policy"), [...heapPolicies].sort());
    assert.deepEqual(told("heap", "order"), [...listOrders].sort());
    assert.deepEqual(told("heap", "coalesce"), [...coalesceModes].sort());
    assert.deepEqual(told("vm", "replacement"), [...replacementPolicies].sort());
  });

  it("knows every id of the problem catalogue", () => {
    assert.deepEqual([...problemIds].sort(), Object.keys(catalogue).sort());
  });
});
