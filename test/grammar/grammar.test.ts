import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { vocabulary } from "../../src/language/vocabulary/vocabulary";
import { repoRoot } from "../harness/paths";

const runner = path.join(repoRoot, "node_modules/vscode-tmgrammar-test/dist/unit.js");

/** Rejects with what differs from the annotations of a fixture. */
async function check(fixture: string): Promise<void> {
  await promisify(execFile)(process.execPath, [runner, fixture], { cwd: repoRoot }).catch((error: unknown) => {
    throw new Error((error as { stdout: string }).stdout);
  });
}

/** Each fixture is a script whose comment lines say which scopes the line above has; one test a fixture. */
describe("the grammar", () => {
  for (const file of fs.readdirSync(__dirname).filter((name) => name.endsWith(".memscript"))) {
    it(`scopes ${file} as annotated`, () => check(path.relative(repoRoot, path.join(__dirname, file))));
  }

  it("colours every verb, option and choice of the vocabulary", async () => {
    const lines = ['# SYNTAX TEST "source.memscript"'];
    const mark = (start: number, text: string, scope: string): string =>
      `#${" ".repeat(start - 1)}${"^".repeat(text.length)} ${scope}.memscript`;
    for (const { verb, options } of vocabulary.filter(({ silent }) => silent !== true)) {
      lines.push(`  ${verb} 1`, mark(2, verb, "keyword.control"));
      for (const { name, choices = ["1"] } of options) {
        for (const choice of choices) {
          const start = `  ${verb} `.length;
          const scope = /[a-z]/.test(choice) ? "support.constant" : "constant.numeric";
          lines.push(`  ${verb} ${name}=${choice}`, mark(start, name, "variable.parameter"));
          lines.push(mark(start + name.length + 1, choice, scope));
        }
      }
    }
    assert.ok(lines.length > 500);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "memscript-grammar-"));
    const fixture = path.join(folder, "vocabulary.memscript");
    fs.writeFileSync(fixture, `${lines.join("\n")}\n`);
    await check(fixture);
    fs.rmSync(folder, { recursive: true });
  });
});
