import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { heapPolicies } from "../../../src/engine/heap/options";
import { coalesceModes, listOrders } from "../../../src/engine/heap/placementOptions";
import { replacementPolicies } from "../../../src/engine/replacement/createPolicy";
import { format } from "../../../src/language/services/format";
import { buildGrammar } from "../../generated/grammar";
import { parse } from "../../../src/language/parsing/parser";
import { renderReference } from "../../generated/languageReference";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";
import { problemIds } from "../../../src/machine/problems/catalogue";
import { policyDocs, policyDocsFile } from "../../harness/policyDocs";
import { runScript } from "../machine/runScript";

const media = join(__dirname, "../../../media");

/** Compares a shipped file with what the vocabulary makes of it; UPDATE_GOLDENS=1 rewrites it. */
function checkGolden(path: string, expected: string): void {
  const file = join(media, path);
  if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, expected);
  assert.equal(readFileSync(file, "utf8"), expected);
}

const choiceDocsOf = (verb: string, option: string): Readonly<Record<string, string>> =>
  vocabulary.find((entry) => entry.verb === verb)?.options.find(({ name }) => name === option)?.choiceDocs ?? {};

/** A shipped file with the first match of `part` replaced; UPDATE_GOLDENS=1 rewrites the file. */
function checkPart(path: string, part: RegExp, expected: string): void {
  const text = readFileSync(join(media, path), "utf8");
  assert.match(text, part);
  checkGolden(
    path,
    text.replace(part, () => expected),
  );
}

/** A table of choices as Prettier aligns it. */
function choiceTable(heading: string, docs: Readonly<Record<string, string>>): string {
  const rows = [["policy", heading], ...Object.entries(docs).map(([word, doc]) => [`\`${word}\``, doc])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((cells) => cells[column].length)));
  const lines = rows.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0], rule, ...lines.slice(1)].join("\n");
}

/** A ring imports no outer one: the language gets the ids of the catalogue as a file. */
const idsFile = `/** The ids of the problem catalogue, which may follow \`expect problem\`. Made from \`src/machine/problems\` by \`generated.test.ts\`. */
export const problemIds: readonly string[] = [
${problemIds.map((id) => `  ${JSON.stringify(id)},\n`).join("")}];
`;

describe("files made from the catalogue of problems", () => {
  it("the ids that the language knows are up to date; what is made from the vocabulary follows in a second run", () => {
    checkGolden("../src/language/vocabulary/problemIds.ts", idsFile);
  });
});

describe("files made from the vocabulary", () => {
  it("its lines on policies are those of the engines", () => {
    assert.equal(readFileSync(policyDocsFile, "utf8"), policyDocs());
  });

  it("the pages on allocators and virtual memory have a table of all policies", () => {
    const table = /^\| policy .*(\n\|.*)*/m;
    checkPart("allocators.md", table, choiceTable("which free block serves a request", choiceDocsOf("heap", "policy")));
    checkPart("virtual-memory.md", table, choiceTable("which page leaves", choiceDocsOf("vm", "replacement")));
  });

  it("the snippet of a heap offers every policy", () => {
    const policies = Object.keys(choiceDocsOf("heap", "policy"));
    checkPart("snippets/memscript.json", /policy=\$\{3\|[^|]*\|\}/, `policy=\${3|${policies.join(",")}|}`);
  });

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
    const described = (verb: string, option: string): string[] => Object.keys(choiceDocsOf(verb, option)).sort();
    assert.deepEqual(described("heap", "policy"), [...heapPolicies].sort());
    assert.deepEqual(described("heap", "order"), [...listOrders].sort());
    assert.deepEqual(described("heap", "coalesce"), [...coalesceModes].sort());
    assert.deepEqual(described("vm", "replacement"), [...replacementPolicies].sort());
  });
});
