import * as fs from "node:fs";
import * as path from "node:path";
import { build, type BuildOptions } from "esbuild";
import { outDir, repoRoot } from "./paths";

/** Every *.test.ts below a folder, relative to it with forward slashes, in a stable order. */
function testFilesBelow(folder: string): string[] {
  const all = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return all
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
}

const editorTests = path.join(repoRoot, "test/editor");

/** The extension host that a suite runs in, and what the bundle needs to run there. */
const hosts = {
  /** Mocha stays outside the bundle and is loaded from node_modules. */
  node: {
    reporter: ["../../harness/SummaryReporter", "SummaryReporter"],
    options: { platform: "node", target: "node20", external: ["vscode", "mocha"] },
  },
  /** A web worker: no Node, so what tests use of it comes from packages. */
  web: {
    reporter: ["../web/ConsoleReporter", "ConsoleReporter"],
    options: {
      platform: "browser",
      target: "es2022",
      external: ["vscode"],
      define: { global: "globalThis", "process.env.NODE_DEBUG": "undefined" },
      alias: {
        mocha: path.join(editorTests, "web/mocha.ts"),
        "mocha/mocha": path.join(repoRoot, "node_modules/mocha/mocha.js"),
        "node:assert/strict": path.join(editorTests, "web/assert.ts"),
      },
    },
  },
} as const satisfies Record<string, { reporter: readonly [string, string]; options: BuildOptions }>;

export type SuiteHost = keyof typeof hosts;

/** Tests that need Node itself; all others run in both hosts. */
const nodeOnly = /\.node\.test\.ts$/;

/**
 * Bundles the tests that run inside VS Code's extension host: every *.test.ts below test/editor/suite, found by walking the folder,
 * behind the `run` that VS Code calls. In the web host `*.node.test.ts` stay out.
 * @returns path of the bundle.
 */
export async function bundleEditorSuite(host: SuiteHost): Promise<string> {
  const suiteDir = path.join(editorTests, "suite");
  const { reporter, options } = hosts[host];
  const files = testFilesBelow(suiteDir).filter((file) => host === "node" || !nodeOnly.test(file));
  const loaders = files.map((file) => `[${JSON.stringify(file)}, () => require(${JSON.stringify(`./${file}`)})]`);
  const outfile = path.join(outDir, `editor-suite-${host}/index.js`);
  await build({
    stdin: {
      contents: `import { runSuite } from "./runSuite";
        import { ${reporter[1]} as Reporter } from ${JSON.stringify(reporter[0])};
        export const run = () => runSuite([${loaders.join(", ")}], Reporter);`,
      resolveDir: suiteDir,
      loader: "js",
    },
    outfile,
    bundle: true,
    format: "cjs",
    sourcemap: "inline",
    logLevel: "warning",
    ...options,
    external: [...options.external],
  });
  return outfile;
}
