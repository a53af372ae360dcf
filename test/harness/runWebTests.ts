import * as fs from "node:fs";
import * as path from "node:path";
import { summaryMark } from "../editor/web/ConsoleReporter";
import { bundleEditorSuite } from "./bundleSuite";
import { closeEverything, runInExtensionHost, scratchWorkspace } from "./openVsCode";
import { repoRoot } from "./paths";

/** Runs the in-host editor tests in the web extension host, a worker without Node, as VS Code for the Web has it. */
async function main(): Promise<void> {
  const testsPath = await bundleEditorSuite("web");
  const content = { folder: scratchWorkspace(), extensionPath: repoRoot, testsPath, isWeb: true };
  const code = await runInExtensionHost(content, (type, line) => {
    const at = line.indexOf(summaryMark);
    if (at < 0) (type === "error" ? process.stderr : process.stdout).write(`${line}\n`);
    else keepSummary(line.slice(at + summaryMark.length));
  });
  await closeEverything();
  process.exit(code);
}

function keepSummary(json: string): void {
  const target = process.env["MEMSCRIPT_SUMMARY"];
  if (target === undefined) return;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, json);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
