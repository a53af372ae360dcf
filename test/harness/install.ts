import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** Runs npm in `folder`, quietly unless it fails. Install scripts stay off: nothing here needs a native build. */
export function npm(folder: string, ...args: string[]): void {
  execFileSync("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}

/**
 * Installs exactly pinned npm packages into a cache folder once. A marker file, written last, says that the folder is
 * complete and for which pins; any other state of the folder is thrown away and installed again.
 * @param afterwards further set-up that belongs to a complete folder.
 */
export function installPinned(folder: string, pins: Record<string, string>, afterwards?: () => void): void {
  const marker = path.join(folder, "complete.json");
  const wanted = JSON.stringify(pins);
  if (fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === wanted) return;
  console.log(
    `Installing ${Object.entries(pins)
      .map((pin) => pin.join("@"))
      .join(", ")} into ${folder}`,
  );
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies: pins }));
  npm(folder, "install");
  afterwards?.();
  fs.writeFileSync(marker, wanted);
}
