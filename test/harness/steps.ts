import * as path from "node:path";
import { outDir } from "./paths";

/** One thing that `npm test` does: a check, which passes or fails as a whole, or a suite, whose tests are counted. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** File that a suite writes its Summary to; a step without one is a check. */
  readonly summary?: string;
  /** Opens windows of VS Code; two such steps side by side would be too much for two cores. */
  readonly opensVsCode?: boolean;
  /** What it covers of the sources counts. */
  readonly isCovered?: boolean;
}

function check(name: string, command: string, ...args: string[]): Step {
  return { name, command, args };
}

function suite(name: string, command: string, ...args: string[]): Step {
  return { name, command, args, summary: path.join(outDir, "results", `${name}.json`) };
}

function mochaSuite(name: string, glob: string, config: string): Step {
  const reporter = ["--reporter", "./test/harness/reporter.js"];
  return suite(name, "mocha", "--config", config, ...reporter, "--spec", glob);
}

const BROWSER = "test/harness/mocha.ui.json";
const NODE = "test/harness/mocha.node.json";

/** Everything else runs on the bundles, so they come first, alone. */
export const buildStep: Step = check("build", "node", "esbuild.js", "--production");

/** Independent of one another, the long ones first. */
export const steps: readonly Step[] = [
  { ...suite("editor", "tsx", "test/harness/runEditorTests.ts"), opensVsCode: true },
  { ...mochaSuite("editor-ui", "test/editor/ui/**/*.test.ts", BROWSER), opensVsCode: true },
  { ...suite("editor-web", "tsx", "test/harness/runWebTests.ts"), opensVsCode: true },
  mochaSuite("webview", "test/webview/**/*.test.ts", BROWSER),
  { ...mochaSuite("unit", "test/unit/**/*.test.ts", NODE), isCovered: true },
  check("lint", "eslint", "."),
  check("types", "tsc", "-b"),
  check("format", "prettier", "--check", "--log-level", "warn", "."),
  check("unused", "knip"),
  { ...mochaSuite("debug", "test/debug/**/*.test.ts", NODE), isCovered: true },
  mochaSuite("fuzz", "test/fuzz/**/*.test.ts", NODE),
  mochaSuite("grammar", "test/grammar/**/*.test.ts", NODE),
  mochaSuite("package", "test/package/**/*.test.ts", NODE),
];

/** Comes last, where all suites that count have run. */
export const coverageStep: Step = check("coverage", "tsx", "test/harness/coverage.ts");
