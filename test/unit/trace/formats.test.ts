import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceEditorTypes, traceLanguageId } from "../../../src/editor/host/ids";
import { endingsOf, isTraceName, namePattern } from "../../../src/trace/fileNames";
import type { TraceFormat } from "../../../src/trace/format";
import { allocationFormats, formats } from "../../../src/trace/formats";
import { renderFormats } from "../../generated/formatsPage";
import { cli } from "../cli/harness";

const root = join(__dirname, "../../..");
const update = process.env["UPDATE_GOLDENS"] === "1";

/** The formats whose files have the command in their menus. */
const menuFormats: ReadonlyMap<string, readonly TraceFormat[]> = new Map([
  ["memscript.convertTrace", formats],
  ["memscript.replayTrace", formats],
  ["memscript.comparePolicies", formats],
]);

interface TraceManifest {
  readonly contributes: {
    readonly languages: { readonly id: string; extensions: string[] }[];
    readonly customEditors: {
      readonly viewType: string;
      readonly priority: string;
      selector: { readonly filenamePattern: string }[];
    }[];
  };
}

interface MenuItem {
  readonly command?: string;
  when?: string;
}

describe("the table of trace formats", () => {
  it("names each format and each ending once", () => {
    const ids = formats.map(({ id }) => id);
    const endings = formats.flatMap((format) => format.endings);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(endings).size, endings.length);
  });

  it("makes the page of documentation", () => {
    const file = join(root, "media/traces.md");
    if (update) writeFileSync(file, renderFormats());
    assert.equal(readFileSync(file, "utf8"), renderFormats());
  });

  it("makes the conditions of the editor's menus", () => {
    const file = join(root, "package.json");
    const text = readFileSync(file, "utf8");
    const manifest = JSON.parse(text) as { contributes: { menus: Record<string, MenuItem[]> } };
    const items = Object.values(manifest.contributes.menus).flat();
    const found = new Set<string>();
    for (const item of items) {
      const { command = "", when = "" } = item;
      if (!when.includes("resourceFilename =~")) continue;
      const known = menuFormats.get(command);
      assert.ok(known !== undefined, `${command} does not say which formats it is for`);
      found.add(command);
      item.when = when.replace(/resourceFilename =~ \/.*\//, () => `resourceFilename =~ /${namePattern(known)}/`);
    }
    assert.deepEqual([...found].sort(), [...menuFormats.keys()].sort());
    const expected = `${JSON.stringify(manifest, null, 2)}\n`;
    if (update) writeFileSync(file, expected);
    else assert.equal(text, expected);
  });

  it("makes the language and the editor of traces", () => {
    const file = join(root, "package.json");
    const text = readFileSync(file, "utf8");
    const manifest = JSON.parse(text) as TraceManifest;
    const names = formats.flatMap(({ endings }) => endings.flatMap((ending) => [ending, `${ending}.gz`]));
    const language = manifest.contributes.languages.find(({ id }) => id === traceLanguageId);
    const [byName, possible] = traceEditorTypes.map((type) =>
      manifest.contributes.customEditors.find(({ viewType }) => viewType === type),
    );
    assert.ok(language !== undefined && byName !== undefined && possible !== undefined);
    assert.deepEqual([byName.priority, possible.priority], ["default", "option"]);
    language.extensions = names.map((name) => `.${name}`);
    byName.selector = names.map((name) => ({ filenamePattern: `*.${name}` }));
    const expected = `${JSON.stringify(manifest, null, 2)}\n`;
    if (update) writeFileSync(file, expected);
    else assert.equal(text, expected);
  });

  it("is what the command line offers", async () => {
    const ids = formats.map(({ id }) => id).join(", ");
    for (const command of ["replay", "convert"]) {
      const { out } = await cli(command, "--help");
      assert.ok(out.includes(`--format`) && out.includes(`auto, ${ids}`), command);
    }
  });

  it("says which files are traces, packed or not", () => {
    for (const { endings } of formats) {
      for (const ending of endings) {
        assert.ok(isTraceName(`/a/b.${ending}`, formats) && isTraceName(`/a/B.${ending.toUpperCase()}.gz`, formats));
      }
    }
    assert.ok(!isTraceName("/a/b.gz", formats) && !isTraceName("/a/b.memscript", formats));
    assert.ok(!isTraceName("/a/b.lackey", allocationFormats));
    assert.ok(endingsOf(allocationFormats).includes("gz"));
  });
});
