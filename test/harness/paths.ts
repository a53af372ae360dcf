import * as path from "node:path";

/** The project's root folder, absolute. */
export const repoRoot = path.resolve(__dirname, "../..");

/** Downloads that survive between runs (the VS Code server, a Chromium when the machine has none). */
export const cacheDir = path.join(repoRoot, ".vscode-test");

/** Everything a run of the tests writes: results, bundles, screenshots, scratch workspaces. */
export const outDir = path.join(repoRoot, "out");

/** The example scripts, the workspace that most editor tests start from a copy of. */
export const examplesDir = path.join(repoRoot, "media/examples");

/** What V8 noted of the suites that are measured (`raw`), and the report on it. */
export const coverageDir = path.join(outDir, "coverage");
