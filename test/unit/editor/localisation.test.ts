import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { englishStrings } from "../../../src/inspector/strings";
import { catalogue } from "../../../src/machine/problems/catalogue";
import { idealName } from "../../../src/machine/compare/comparisonTable";

/** Texts by their key. */
type Texts = ReadonlyMap<string, string>;

const root = path.resolve(__dirname, "../../..");
const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(root, file), "utf8"));
const readTexts = (file: string): Texts => new Map(Object.entries(readJson(file) as Record<string, string>));
const manifest = readJson("package.json") as { readonly l10n: string };

/** Texts that are the same in German: words of the field, and patterns that hold no words of a language. */
const sameInBoth = new Set([
  ...["Arena", "Bins", "Block", "Byte", "Bytes", "Caches", "Editor", "Flags", "Global", "Handle", "Heap", "Heaps"],
  ...[
    "Ideal: {0}",
    "Index",
    "Name",
    "Pools",
    "Region",
    "Segment",
    "Slabs",
    "global",
    "Heap {0}",
    "Pool {0}",
    "{0} ms",
    "{0} ({1})",
    "{0}, write-{1}",
  ],
  ...["Heap `{0}`: {1}, {2}", "Pool `{0}`: {1}, {2}"],
  // An example of the query language, which is the same everywhere.
  "writes 0x10000..0x10040, allocs > 4KiB, faults vpn 3, problems double-free, …",
]);

/** Calls `visit` for every node of the files below a folder or of one file of the source. */
function visitSource(place: string, visit: (node: ts.Node) => void): void {
  const full = path.join(root, place);
  const names = fs.statSync(full).isDirectory() ? fs.readdirSync(full, { recursive: true, encoding: "utf8" }) : [""];
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  for (const file of names.map((name) => path.join(full, name)).filter((name) => name.endsWith(".ts"))) {
    walk(ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true));
  }
}

/** Keys that the first argument of `l10n.t` can have in the bundle; a text with a comment has both in its key. */
function keysOf(argument: ts.Expression): string[] {
  if (ts.isStringLiteralLike(argument)) return [argument.text];
  if (ts.isParenthesizedExpression(argument)) return keysOf(argument.expression);
  if (ts.isConditionalExpression(argument)) return [...keysOf(argument.whenTrue), ...keysOf(argument.whenFalse)];
  if (ts.isObjectLiteralExpression(argument)) return [commentedKey(argument)];
  // The host's translation handed to a pure ring: that ring's texts are collected where they are written.
  if (argument.parent.parent.getText() === "(text) => vscode.l10n.t(text)") return [];
  // The catalogue of problems is data: its texts are collected from it.
  if (/^catalogue\[id\]\.(advice|title)$/.test(argument.getText())) return [];
  throw new Error(
    `${argument.getSourceFile().fileName}: l10n.t needs a literal text, not ${argument.getText()}, to be found in a bundle.`,
  );
}

function commentedKey(argument: ts.ObjectLiteralExpression): string {
  const part = (wanted: string): string => {
    const property = argument.properties.find(({ name }) => name?.getText() === wanted);
    const value = property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
    if (value !== undefined && ts.isStringLiteralLike(value)) return value.text;
    if (value !== undefined && ts.isArrayLiteralExpression(value)) {
      return value.elements.map((element) => (ts.isStringLiteralLike(element) ? element.text : "")).join("");
    }
    throw new Error(`${argument.getText()} has no literal ${wanted}.`);
  };
  return `${part("message")}/${part("comment")}`;
}

function editorTexts(): string[] {
  const texts: string[] = [];
  visitSource("src/editor", (node) => {
    if (!ts.isCallExpression(node) || !/(^|\.)l10n\.t$/.test(node.expression.getText())) return;
    const argument = node.arguments.at(0);
    if (argument !== undefined) texts.push(...keysOf(argument));
  });
  return texts;
}

/** Heads and descriptions of the tables of comparisons, which the panel's view passes through a translation. */
function comparisonTexts(): string[] {
  const texts: string[] = [idealName];
  visitSource("src/machine/compare", (node) => {
    const isHead = ts.isPropertyAssignment(node) && /^(title|description)$/.test(node.name.getText());
    if (isHead && ts.isStringLiteralLike(node.initializer)) texts.push(node.initializer.text);
    if (!ts.isCallExpression(node) || node.expression.getText() !== "tableOf") return;
    const subject = node.arguments.at(0);
    if (subject !== undefined && ts.isStringLiteralLike(subject)) texts.push(subject.text);
  });
  return texts;
}

/** Texts that the pure rings make sentences of: arguments of `words.say`, `words.count`, `say`, `sayCount` and `says`. */
function sentenceTexts(): string[] {
  const texts: string[] = [];
  visitSource("src", (node) => {
    if (!ts.isCallExpression(node)) return;
    const { fileName } = node.getSourceFile();
    // Its functions pass on what their callers write.
    if (/language\/(?:phrases|says)\.ts$/.test(fileName)) return;
    const receiver = fileName.endsWith("/Words.ts") ? "this" : "words";
    const called = new RegExp(`^(?:(?:this\\.)?${receiver}\\.(?:say|count)|says?|sayCount)$`);
    const name = node.expression.getText();
    if (!called.test(name)) return;
    const literals = /says?$/.test(name) ? node.arguments.slice(0, 1) : node.arguments.slice(1, 3);
    for (const argument of literals) texts.push(...keysOf(argument));
  });
  return [...new Set(texts)];
}

/** What a translation must keep: places for values, references to texts, targets of links and code. */
const fixedParts = (text: string): string[] => (text.match(/\{\d+\}|%[\w.]+%|\]\([^)]*\)|`[^`]*`/g) ?? []).sort();

/** Complains about German texts that lack, that nothing asks for any more, or that differ in what must be kept. */
function checkTranslation(english: Texts, german: Texts): void {
  const missing = [...english.keys()].filter((key) => !german.has(key));
  const stale = [...german.keys()].filter((key) => !english.has(key));
  assert.deepEqual({ missing, stale }, { missing: [], stale: [] });
  for (const [key, text] of english) {
    const translated = german.get(key) ?? "";
    assert.notEqual(translated.trim(), "", `empty: ${key}`);
    assert.deepEqual(fixedParts(translated), fixedParts(text), key);
    const isSameEverywhere = sameInBoth.has(text) || !/\p{L}/u.test(text);
    assert.equal(translated === text, isSameEverywhere, `${key}: translate it, or list it as the same in both`);
  }
}

describe("German", () => {
  const catalogueTexts = Object.values(catalogue).flatMap(({ title, advice }) => [title, advice]);
  const keys = [
    ...[...editorTexts(), ...comparisonTexts(), ...sentenceTexts()],
    ...[...catalogueTexts, ...Object.values(englishStrings)],
  ];

  it("has every text of the editor and the panel, and no others", () => {
    const bundle = readTexts(path.join(manifest.l10n, "bundle.l10n.de.json"));
    checkTranslation(new Map(keys.map((key) => [key, key])), bundle);
  });

  it("has every text of the manifest, and no others", () => {
    checkTranslation(readTexts("package.nls.json"), readTexts("package.nls.de.json"));
  });

  it("is found in the places where texts are written", () => {
    for (const text of ["Compare Policies", "Utilization", "Allocator", englishStrings.emptyTitle]) {
      assert.ok(keys.includes(text), text);
    }
  });

  it("marks frames with the letters that its legend explains", () => {
    const bundle = readTexts(path.join(manifest.l10n, "bundle.l10n.de.json"));
    const { frameLetters, legendTables, legendShared } = englishStrings;
    const explained = [legendTables, legendShared].map((legend) => bundle.get(legend)?.split(":").at(0));
    assert.deepEqual(bundle.get(frameLetters)?.split(" "), explained);
  });
});
