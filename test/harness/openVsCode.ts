import * as fs from "node:fs";
import * as path from "node:path";
import { format } from "node:util";
import type { Page } from "playwright-core";
import { closeChromium, openPage } from "./chromium";
import { examplesDir, outDir, repoRoot } from "./paths";
import { QUIET_SETTINGS, startVsCodeServer, type VsCodeServer, type WindowContent, windowUrl } from "./vscodeServer";
import { VsCodeWindow } from "./VsCodeWindow";

/** Tests of the debugger look at the editor. */
const TEST_SETTINGS = { ...QUIET_SETTINGS, "memscript.inspector.openOnDebug": false };

/** Of a window that nobody looks at: most of what it takes is drawing. */
const SMALL = { width: 800, height: 500 };

export interface OpenOptions {
  /** Folder whose copy becomes the window's workspace; the examples when absent. */
  readonly folder?: string;
  /** More files of the workspace: relative path to content. */
  readonly files?: Record<string, string>;
  /** User settings beside the quiet ones. */
  readonly settings?: Record<string, unknown>;
  readonly size?: { readonly width: number; readonly height: number };
}

let server: Promise<VsCodeServer> | undefined;
let common: Promise<VsCodeWindow> | undefined;

/** The one VS Code server of this process, started on first use. */
export function sharedServer(): Promise<VsCodeServer> {
  if (server === undefined) {
    const dataDir = path.join(outDir, "vscode-data", String(process.pid));
    fs.rmSync(dataDir, { recursive: true, force: true });
    server = startVsCodeServer(dataDir);
  }
  return server;
}

/** Ends the shared server and browser. Mocha runs it after the last test (see mochaCleanup.ts). */
export async function closeEverything(): Promise<void> {
  await closeChromium();
  const started = await server;
  server = undefined;
  common = undefined;
  await started?.close();
}

/** A new scratch workspace under out/: a copy of `folder` and more `files`. Returns its absolute path. */
export function scratchWorkspace(options: OpenOptions = {}): string {
  const parent = path.join(outDir, "workspaces");
  fs.mkdirSync(parent, { recursive: true });
  const workspace = fs.mkdtempSync(path.join(parent, "w-"));
  fs.cpSync(options.folder ?? examplesDir, workspace, { recursive: true });
  writeFiles(workspace, options.files ?? {});
  return workspace;
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [relative, content] of Object.entries(files)) {
    const file = path.join(folder, relative);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

/** Opens a VS Code window on a scratch workspace with the extension loaded, for a test that drives the user interface. */
export async function openVsCode(options: OpenOptions = {}): Promise<VsCodeWindow> {
  const { port, settingsFile } = await sharedServer();
  const workspace = scratchWorkspace(options);
  const settings = { ...TEST_SETTINGS, ...options.settings };
  fs.writeFileSync(settingsFile, JSON.stringify(settings, undefined, 2));
  const page = await openPage({ viewport: options.size ?? { width: 1440, height: 900 } });
  const window = new VsCodeWindow(page, workspace, settingsFile);
  await page.goto(windowUrl(port, { folder: workspace, extensionPath: repoRoot }));
  const ready = ".monaco-workbench .explorer-folders-view .monaco-list-row";
  try {
    await page.waitForSelector(ready);
  } catch (error) {
    await window.screenshot("failed-to-open");
    throw error;
  }
  return window;
}

/**
 * The one window of this process for tests that need nothing of their own but files: to open one takes longer than most
 * tests. Its editors are closed; what else a test opens or changes in it, the next one finds.
 * @param files go into its workspace, the examples, by relative path.
 */
export async function commonWindow(files: Record<string, string> = {}): Promise<VsCodeWindow> {
  common ??= openVsCode();
  const window = await common;
  writeFiles(window.workspace, files);
  await window.runCommand("View: Close All Editors");
  return window;
}

/**
 * Opens a window that runs a mocha bundle inside the extension host; resolves with its exit code.
 * @param onLine hears what the host prints; without it the lines are printed here.
 */
export async function runInExtensionHost(
  content: WindowContent,
  onLine: (type: string, line: string) => void = printLine,
): Promise<number> {
  const { port, settingsFile } = await sharedServer();
  const kinds = content.isWeb ? { "remote.extensionKind": { "memscript.memscript": ["web"] } } : {};
  fs.writeFileSync(settingsFile, JSON.stringify({ ...TEST_SETTINGS, ...kinds }, undefined, 2));
  const page = await openPage({ viewport: SMALL });
  const exit = new Promise<number>((resolve) => void page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    // Lines arrive as console arguments: a format string, perhaps with CSS, and its values.
    const line = format(...args);
    if (!NOISE.test(line)) onLine(type, line);
  });
  const crashed = crashOf(page);
  await page.goto(windowUrl(port, content));
  const code = await Promise.race([exit, crashed]);
  await page.close();
  return code;
}

/** VS Code's own complaints about what the server lacks (native modules, a market place), of no interest to a test run. */
const NOISE = /spdlog|\[lifecycle\]|AuthenticationService|marketplace/i;

function printLine(type: string, line: string): void {
  (type === "error" ? process.stderr : process.stdout).write(`${line}
`);
}

function crashOf(page: Page): Promise<never> {
  return new Promise((_, reject) => page.once("crash", () => reject(new Error("The VS Code page crashed."))));
}
