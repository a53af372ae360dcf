import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { outDir, repoRoot } from "./paths";

/** Every *.test.ts below a folder, relative to it with forward slashes, in a stable order. */
function testFilesBelow(folder: string): string[] {
  const all = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return all
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
}

/**
 * Bundles the tests that run inside VS Code's extension host: every *.test.ts below test/editor/suite, found by walking the folder,
 * behind the `run` that VS Code calls. Mocha stays outside the bundle and is loaded from node_modules.
 * @returns path of the bundle.
 */
export async function bundleEditorSuite(): Promise<string> {
  const suiteDir = path.join(repoRoot, "test/editor/suite");
  const files = testFilesBelow(suiteDir);
  const loaders = files.map((file) => `[${JSON.stringify(file)}, () => require(${JSON.stringify(`./${file}`)})]`);
  const outfile = path.join(outDir, "editor-suite/index.js");
  await build({
    stdin: {
      contents: `export const run = () => require("./runSuite").runSuite([${loaders.join(", ")}]);`,
      resolveDir: suiteDir,
      loader: "js",
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return outfile;
}
