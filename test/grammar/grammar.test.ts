import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { repoRoot } from "../harness/paths";

const runner = path.join(repoRoot, "node_modules/vscode-tmgrammar-test/dist/unit.js");

/** Each fixture is a script whose comment lines say which scopes the line above has; one test a fixture. */
describe("the grammar", () => {
  for (const file of fs.readdirSync(__dirname).filter((name) => name.endsWith(".memscript"))) {
    it(`scopes ${file} as annotated`, async () => {
      const fixture = path.relative(repoRoot, path.join(__dirname, file));
      await promisify(execFile)(process.execPath, [runner, fixture], { cwd: repoRoot }).catch((error: unknown) => {
        throw new Error((error as { stdout: string }).stdout);
      });
    });
  }
});
