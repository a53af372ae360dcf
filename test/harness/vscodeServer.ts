import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { CONDITION_MS } from "./deadlines";
import { installPinned, npm } from "./install";
import { cacheDir } from "./paths";

/** The package whose lib/vscode is a complete VS Code server, and the Node that runs it. Exact pins, never shipped. */
const NODE_PACKAGE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const PINS = { "code-server": "4.139.1", [NODE_PACKAGE]: "24.21.0" };

const serverDir = path.join(cacheDir, "server");
const vscodeDir = path.join(serverDir, "node_modules/code-server/lib/vscode");

/** Settings that keep a fresh window still: no welcome tab, no chat, no prompts that steal the focus. */
export const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "extensions.ignoreRecommendations": true,
  "extensions.autoUpdate": false,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
};

/** A running VS Code server. */
export interface VsCodeServer {
  readonly port: number;
  /** The user settings that every window of this server shares. */
  readonly settingsFile: string;
  /** Everything that the server has printed so far, for a failure's report. */
  readonly log: () => string;
  readonly exited: Promise<void>;
  close(): Promise<void>;
}

/** Installs the server into the cache unless a complete one is there (about 25 seconds the first time). */
function installVsCodeServer(): void {
  installPinned(serverDir, PINS, () => npm(vscodeDir, "install", "--omit=dev"));
}

/**
 * Starts a VS Code server on 127.0.0.1.
 * @param dataDir keeps settings, installed extensions and server state; created with quiet settings when new.
 * @param port a free one is chosen when absent.
 */
export async function startVsCodeServer(dataDir: string, port?: number): Promise<VsCodeServer> {
  installVsCodeServer();
  const settingsFile = path.join(dataDir, "user/User/settings.json");
  writeQuietSettings(settingsFile);
  const chosen = port ?? (await freePort());
  const executable = process.platform === "win32" ? "node.exe" : "node";
  const child = spawn(
    path.join(serverDir, "node_modules", NODE_PACKAGE, "bin", executable),
    [
      path.join(vscodeDir, "out/server-main.js"),
      ...["--host", "127.0.0.1", "--port", String(chosen), "--without-connection-token"],
      ...["--accept-server-license-terms", "--enable-smoke-test-driver", "--disable-telemetry"],
      "--disable-workspace-trust",
      ...["--user-data-dir", path.join(dataDir, "user")],
      ...["--extensions-dir", path.join(dataDir, "extensions")],
      ...["--server-data-dir", path.join(dataDir, "server")],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stopWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", stopWithUs);
  await answering(child, chosen, () => log);
  return {
    port: chosen,
    settingsFile,
    log: () => log,
    exited,
    async close() {
      process.removeListener("exit", stopWithUs);
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 3000);
      await exited;
      clearTimeout(force);
    },
  };
}

/** What a window loads beside its folder. */
export interface WindowContent {
  readonly folder: string;
  /** The extension in development. */
  readonly extensionPath: string;
  /** A suite to run in its host. */
  readonly testsPath?: string;
  /** A file to open in the editor. */
  readonly openFile?: string;
  /** The web extension host instead of the one with Node. */
  readonly isWeb?: boolean;
}

/** The address that opens a window of the server at `port`. */
export function windowUrl(port: number, { folder, extensionPath, testsPath, isWeb, openFile }: WindowContent): string {
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [["extensionDevelopmentPath", remote(extensionPath)]];
  if (testsPath !== undefined) payload.push(["extensionTestsPath", remote(testsPath)]);
  if (openFile !== undefined) payload.push(["openFile", remote(openFile)]);
  if (isWeb) payload.push(["extensionDevelopmentKind", "web"]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}

function writeQuietSettings(file: string): void {
  if (fs.existsSync(file)) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(QUIET_SETTINGS, undefined, 2));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function answering(child: ChildProcess, port: number, log: () => string): Promise<void> {
  const deadline = Date.now() + CONDITION_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The VS Code server ended at once:\n${log()}`);
    const ok = await fetch(`http://127.0.0.1:${port}/version`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The VS Code server did not answer within ${CONDITION_MS / 1000} s:\n${log()}`);
}
