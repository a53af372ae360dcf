import * as path from "node:path";
import { runTests } from "@vscode/test-electron";
import { bundleEditorSuite } from "./bundleSuite";
import { scratchWorkspace } from "./openVsCode";
import { repoRoot } from "./paths";

/**
 * Runs the in-host editor tests through @vscode/test-electron.
 * `MEMSCRIPT_VSCODE` chooses the VS Code: the path of a desktop executable, `download` for test-electron's own download,
 * and without it the VS Code server, which needs neither a display nor a download of VS Code.
 */
async function main(): Promise<void> {
  const chosen = process.env["MEMSCRIPT_VSCODE"] ?? path.join(__dirname, "serverLauncher.js");
  await runTests({
    ...(chosen === "download" ? {} : { vscodeExecutablePath: chosen }),
    extensionDevelopmentPath: repoRoot,
    extensionTestsPath: await bundleEditorSuite("node"),
    launchArgs: [scratchWorkspace()],
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
