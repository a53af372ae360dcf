import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { CONDITION_MS } from "./deadlines";
import { installPinned } from "./install";
import { cacheDir } from "./paths";

/** Browsers to look for on the PATH, in order of preference. */
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "msedge",
  "microsoft-edge",
];

/** Where desktop systems keep a browser that is not on the PATH. */
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** A headless Chromium from the npm registry (Linux x64), the last resort. */
const PACKAGED = { "@sparticuz/chromium": "153.0.0" };

const FLAGS = [
  "--no-sandbox", // Chromium refuses to start as root with its sandbox, and continuous integration is root.
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let running: Promise<Browser> | undefined;

/** The one headless browser of this process, launched on first use. `closeChromium` ends it. */
export function sharedChromium(): Promise<Browser> {
  running ??= findChromium().then((executablePath) => chromium.launch({ executablePath, args: FLAGS }));
  return running;
}

/** A page of the shared browser in a context of its own, which waits for conditions as long as tests do. */
export async function openPage(options?: BrowserContextOptions): Promise<Page> {
  const page = await (await sharedChromium()).newPage(options);
  page.setDefaultTimeout(CONDITION_MS);
  return page;
}

/** Ends the shared browser when there is one. */
export async function closeChromium(): Promise<void> {
  const browser = await running;
  running = undefined;
  await browser?.close();
}

/** Path of a Chromium: `CHROME_PATH`, one on this machine, Debian's package when we are root, or the npm build. */
async function findChromium(): Promise<string> {
  const given = process.env["CHROME_PATH"];
  if (given !== undefined && given !== "") return given;
  return installed() ?? fromDebian() ?? (await fromNpm());
}

function installed(): string | undefined {
  return [...NAMES.map(onPath), ...PLACES].find((file) => file !== undefined && fs.existsSync(file));
}

/** The first executable called `name` on the PATH. */
export function onPath(name: string): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))
    .find((file) => fs.existsSync(file));
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) return undefined;
  console.error("No Chromium on this machine: installing Debian's package chromium");
  try {
    const options = { stdio: "ignore" as const, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    execFileSync("apt-get", ["update"], options);
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"], options);
  } catch {
    console.error("apt-get could not install chromium");
  }
  return installed();
}

async function fromNpm(): Promise<string> {
  const folder = path.join(cacheDir, "chromium");
  installPinned(folder, PACKAGED);
  const entry = createRequire(path.join(folder, "package.json")).resolve("@sparticuz/chromium");
  const module = (await import(pathToFileURL(entry).href)) as { default: { executablePath(): Promise<string> } };
  return module.default.executablePath();
}
