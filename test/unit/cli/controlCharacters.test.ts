import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { visible, visibleName } from "../../../src/language/visible";
import { cli, cliOnTerminal, Folder, json } from "./harness";

/** What a terminal obeys: all that is not shown but tabs and line ends. */
const obeyed = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe("control characters", () => {
  const folder = new Folder();
  after(() => folder.remove());
  const hostile = (name: string, content: string | Uint8Array): string =>
    folder.write(`\u001b]0;x\u0007${name}\u009b31m\n\u202e`, content);
  const script = readFileSync("test/fixtures/attack/esc.memscript");
  const scripts: Readonly<Record<string, string>> = {
    "the attack's script": hostile("attack.memscript", script),
    "all control characters": hostile(
      "all.memscript",
      Array.from({ length: 0x2070 }, (_, code) => code)
        .filter((code) => obeyed.test(String.fromCharCode(code)) && code !== 0 && code !== 13)
        .map(
          (code) =>
            `a = alloc 8 # ${String.fromCharCode(code)}\nx${String.fromCharCode(code)} = 3\nexpect ${String.fromCharCode(code)}\n`,
        )
        .join(""),
    ),
  };
  const traces: Readonly<Record<string, string>> = {
    "the attack's trace": hostile("attack.mtrace", readFileSync("test/fixtures/attack/esc.mtrace")),
    "a call site": hostile("site.mtrace", "= Start\n@ ./\u001b[31ma\u009b:[0x1] + 0x100 0x20\n= End\n"),
    "no trace": hostile("none.trace", "\u001b]0;x\u0007 hello\n"),
    "a line that is none": hostile("stray.ref", "1\n2\n\u001b[31m\u009b3\n4\n"),
  };

  function isQuiet(what: string, ...texts: readonly string[]): void {
    for (const text of texts) assert.ok(!obeyed.test(text), `${what}: ${JSON.stringify(obeyed.exec(text)?.[0])}`);
  }

  for (const [what, file] of Object.entries(scripts)) {
    for (const command of [
      "run",
      "run --json",
      "run --state each",
      "check",
      "check --json",
      "report -o -",
      "compare",
    ]) {
      it(`of ${what} do not come out of memscript ${command}`, async () => {
        const [verb, ...options] = command.split(" ");
        const { out, err } = await cli(verb, file, ...options);
        assert.ok(out.length > 0);
        isQuiet(command, out, err);
      });
    }

    it(`of ${what} do not come out of query and grade`, async () => {
      const report = folder.path("report.xml");
      const question = await cli("query", file, "writes \u001b");
      const asked = await cli("query", file, "allocs");
      const graded = await cli("grade", file, "--with", file);
      const some = folder.write("some.memscript", "expect a # \u001b[31m \u009b\nexpect used\n");
      const table = await cli("grade", file, file, folder.root, "--with", some, "--junit", report);
      const records = await cli("grade", file, "--with", some, "--json");
      for (const { out, err } of [question, asked, graded, table, records]) isQuiet("query and grade", out, err);
      isQuiet("JUnit", readFileSync(report, "utf8"));
    });

    it(`of ${what} stay in the JSON as what they are`, async () => {
      const records = json((await cli("run", file, "--json")).out) as { line: number; text: string }[];
      const lines = readFileSync(file, "utf8").split("\n");
      for (const { line, text } of records.slice(0, -1)) assert.ok(lines[line - 1].includes(text), text);
    });

    it(`of ${what} stay in a file that is formatted, and do not come out on a terminal`, async () => {
      const copy = folder.path("copy.memscript");
      writeFileSync(copy, readFileSync(file));
      assert.equal((await cli("format", copy, "--write")).code, 0);
      assert.deepEqual(
        readFileSync(copy, "utf8").match(new RegExp(obeyed.source, "gu")),
        readFileSync(file, "utf8").match(new RegExp(obeyed.source, "gu")),
      );
      const { out } = await cliOnTerminal("format", copy);
      isQuiet("format", out);
      assert.match(out, /\\u001b/);
    });
  }

  for (const [what, file] of Object.entries(traces)) {
    it(`of ${what} do not come out of replay, compare and convert`, async () => {
      const script = folder.path("out.memscript");
      const lines = [
        ["replay", file],
        ["replay", file, "--json", "--steps"],
        ["replay", file, "--curve"],
        ["compare", file],
        ["convert", file, "-o", script],
        ["run", file],
        ["check", file],
      ];
      for (const line of lines) {
        const { out, err } = await cli(...line);
        assert.ok(out.length + err.length > 0 || line[0] === "convert");
        isQuiet(line[0], out, err);
      }
    });
  }

  it("of arguments do not come out", async () => {
    for (const line of [
      ["\u001b[31m"],
      ["run", "\u001b[31m\u009b"],
      ["run", "--\u001b"],
      ["check", "a*\u001b"],
      ["run", "x", "--limit", "\u0085"],
    ]) {
      const { code, out, err } = await cli(...line);
      assert.equal(code, 2);
      isQuiet(line.join(" "), out, err);
    }
  });

  it("are shown as the escapes of JSON; tabs and line ends stay in texts, not in names", () => {
    assert.equal(visible("a\u001b[0m\tb\n\u009b\u202ec\u007f\r"), "a\\u001b[0m\tb\n\\u009b\\u202ec\\u007f\\u000d");
    assert.equal(visibleName("a\tb\nc"), "a\\u0009b\\u000ac");
    assert.equal(visible("Grüße, 世界 🙂"), "Grüße, 世界 🙂");
  });
});
