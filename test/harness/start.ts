import { spawn } from "node:child_process";
import * as path from "node:path";
import { onPath } from "./chromium";
import { cacheDir, examplesDir, repoRoot } from "./paths";
import { startVsCodeServer, windowUrl } from "./vscodeServer";

const firstExample = path.join(examplesDir, "01-heap.memscript");

/** `npm start`: the first of the examples with the extension loaded, in a desktop VS Code when there is one, else in a served one. */
async function main(): Promise<void> {
  const desktop = onPath("code");
  if (desktop !== undefined) {
    console.log(`Opening the examples in ${desktop}`);
    const args = [`--extensionDevelopmentPath=${repoRoot}`, examplesDir, firstExample];
    const child = spawn(desktop, args, { stdio: "inherit", shell: process.platform === "win32" });
    child.once("exit", (code) => (process.exitCode = code ?? 1));
    return;
  }
  const wanted = process.env["PORT"];
  const server = await startVsCodeServer(
    path.join(cacheDir, "start"),
    wanted === undefined ? undefined : Number(wanted),
  );
  console.log("No desktop VS Code is on the PATH; open the examples in a browser at\n");
  console.log(
    `  ${windowUrl(server.port, { folder: examplesDir, extensionPath: repoRoot, openFile: firstExample })}\n`,
  );
  console.log("Ctrl+C ends the server.");
  process.once("SIGINT", () => void server.close());
  process.once("SIGTERM", () => void server.close());
  await server.exited;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
