import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { outDir, repoRoot } from "../harness/paths";
import { zipEntries } from "./zipEntries";

/** The list that a reviewer sees change; `UPDATE_GOLDENS=1` writes it anew. */
const GOLDEN = path.join(__dirname, "vsix-files.txt");
/** A quarter of it is the command line, which is a file of its own. */
const LARGEST_BYTES = 1_150_000;

describe("the packaged extension", () => {
  const vsix = path.join(outDir, "package/memscript.vsix");

  before(() => {
    fs.mkdirSync(path.dirname(vsix), { recursive: true });
    fs.rmSync(vsix, { force: true });
    const vsce = path.join(repoRoot, "node_modules/@vscode/vsce/vsce");
    const flags = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
    execFileSync(process.execPath, [vsce, "package", ...flags, "--out", vsix], { cwd: repoRoot, stdio: "pipe" });
  });

  it("holds exactly the files of the list", () => {
    // Chunks are named after what is in them: one line stands for all.
    const names = zipEntries(fs.readFileSync(vsix)).map((name) =>
      name.replace(/(dist\/(?:chunks|webview)\/).+(\.js)$/, "$1*$2"),
    );
    const files = [...new Set(names)].sort().join("\n") + "\n";
    if (process.env["UPDATE_GOLDENS"] === "1") fs.writeFileSync(GOLDEN, files);
    assert.equal(files, fs.readFileSync(GOLDEN, "utf8"));
  });

  it("carries the licence of everything that is bundled", () => {
    const notices = fs.readFileSync(path.join(repoRoot, "ThirdPartyNotices.txt"), "utf8");
    const sections = notices.split(/^={80}$/m).slice(1);
    const names = sections.map((section) => /^(\S+) \S+ \(.+\)$/m.exec(section)?.[1]);
    for (const name of ["@vscode/codicons", "chart.js", "fflate", "tslib"]) assert.ok(names.includes(name), name);
    for (const section of sections)
      assert.match(section, /Permission (is|to use)|Creative Commons/, section.slice(0, 80));
  });

  it(`is at most ${LARGEST_BYTES / 1000} kB`, () => {
    assert.ok(fs.statSync(vsix).size <= LARGEST_BYTES, `it is ${fs.statSync(vsix).size} bytes`);
  });
});
