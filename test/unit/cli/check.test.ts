import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { cli, Folder, json } from "./harness";
import { shell } from "./process";

describe("memscript check", () => {
  const folder = new Folder();
  mkdirSync(folder.path("sub/deep/.hidden"), { recursive: true });
  mkdirSync(folder.path("empty"));
  mkdirSync(folder.path("odd [1]"));
  const clean = folder.write("clean.memscript", "a = alloc 8\nfree a\n");
  const leak = folder.write("leak.memscript", "a = alloc 8\n");
  const bad = folder.write("bad.memscript", "free 8\n");
  const proofs = folder.write(
    "proofs.memscript",
    "a = alloc 8\nexpect used == 8\nexpect used == 9\nexpect used = 8\nrepeat 0\n  expect 1\nend\nfree a\n",
  );
  folder.write("sub/one.memscript", "a = alloc 8\n");
  folder.write("sub/notes.txt", "no script\n");
  folder.write("sub/deep/two.memscript", "x = 1\n");
  folder.write("sub/deep/.hidden/three.memscript", "free 8\n");
  folder.write("odd [1]/four.memscript", "x = 1\n");
  symlinkSync(folder.path("sub"), folder.path("sub/deep/loop"));
  after(() => folder.remove());

  const results = (out: string): unknown[] => (json(out) as { kind: string }[]).filter(({ kind }) => kind === "result");

  it("each script has a result, whatever happens to the others", async () => {
    const missing = folder.path("missing.memscript");
    const binary = folder.write("binary.memscript", new Uint8Array([1, 0, 2]));
    const { code, out, err } = await cli("check", missing, bad, binary, clean, leak);
    assert.equal(code, 2);
    assert.match(
      err,
      /missing\.memscript: there is no such file\nmemscript: .*binary\.memscript: this is a binary file/,
    );
    const lines = out.split("\n");
    assert.ok(lines.includes(`${bad}: 1 error`));
    assert.ok(lines.includes(`${clean}: no problems`));
    assert.ok(lines.includes(`${leak}: 1 warning`));
    assert.equal(lines.at(-2), "2 of 5 scripts passed");
  });

  it("a script alone has only its problems, and nothing when it has none", async () => {
    assert.deepEqual(await cli("check", clean), { code: 0, out: "", err: "" });
    assert.equal((await cli("check", bad)).out.trimEnd().split("\n").length, 1);
    assert.equal(json((await cli("check", bad, "--json")).out).length, 1);
  });

  it("expectations are counted: those that fail, that are not reached and that are no statement do not hold", async () => {
    const { code, out } = await cli("check", proofs);
    assert.equal(code, 1);
    assert.equal(out.trimEnd().split("\n").at(-1), `${proofs}: 2 errors, 1 of 4 expectations held`);
    assert.deepEqual(results((await cli("check", proofs, "--json")).out), [
      { kind: "result", file: proofs, passed: false, errors: 2, warnings: 0, held: 1, expectations: 4 },
    ]);
  });

  it("a leak fails with --strict and with --fail-on warning", async () => {
    assert.equal((await cli("check", leak)).code, 0);
    assert.equal((await cli("check", leak, "--strict")).code, 1);
    assert.equal((await cli("check", leak, "--fail-on", "warning")).code, 1);
    assert.equal((await cli("check", leak, "--fail-on", "error")).code, 0);
    assert.equal((await cli("check", leak, "--fail-on", "hint")).code, 2);
    assert.equal((await cli("check", clean, "--strict")).code, 0);
  });

  it("a folder is its scripts and those of the folders in it, in order, without hidden ones", async () => {
    const { code, out } = await cli("check", folder.path("sub"), "--json");
    assert.equal(code, 0);
    assert.deepEqual(
      results(out).map((result) => (result as { file: string }).file),
      [folder.path("sub/deep/two.memscript"), folder.path("sub/one.memscript")],
    );
    assert.equal(results((await cli("check", folder.path("odd [1]"), "--json")).out).length, 1);
    const empty = await cli("check", folder.path("empty"), clean);
    assert.equal(empty.code, 2);
    assert.match(empty.err, /empty: there is no \.memscript file in this folder\n$/);
    assert.match(empty.out, /clean\.memscript: no problems/);
  });

  it("a pattern is the files that it matches", async () => {
    const names = async (pattern: string): Promise<string[]> => {
      const { out } = await cli("check", folder.path(pattern), "--json");
      return results(out).map((result) => (result as { file: string }).file.slice(folder.root.length + 1));
    };
    assert.deepEqual(await names("?a*.memscript"), ["bad.memscript"]);
    assert.deepEqual(await names("{bad,clean}.memscript"), ["bad.memscript", "clean.memscript"]);
    assert.deepEqual(await names("[!a-k]{eak,roofs}.memscript"), ["leak.memscript", "proofs.memscript"]);
    assert.deepEqual(await names("s*/**/*.memscript"), ["sub/deep/two.memscript", "sub/one.memscript"]);
    assert.deepEqual(await names("odd [1]/*"), []);
    const none = await cli("check", folder.path("none*"));
    assert.deepEqual([none.code, none.out], [2, ""]);
    assert.match(none.err, /none\*: no file matches\n$/);
  });

  it("standard input is one script among others", () => {
    const { code, out } = shell(`echo "free 8" | memscript check - "$1"`, clean);
    assert.equal(code, 1);
    assert.match(
      out,
      /^<stdin>:1:1: error: [^\n]*\n<stdin>: 1 error\n.*clean\.memscript: no problems\n1 of 2 scripts passed\n$/s,
    );
  });

  describe("--limit", () => {
    const loop = folder.write("loop.memscript", "repeat 2000000\n  x = 1\nend\n");

    it("raises and lowers a limit, and the message names the option", async () => {
      const low = await cli("check", loop, "--limit", "steps=10");
      assert.equal(low.code, 1);
      assert.match(
        low.out,
        /The limit is 10, and the run stops here; `--limit steps=N` raises it\. \[limit-exceeded\]/,
      );
      assert.equal((await cli("check", loop, "--limit", "steps=3e6")).code, 0);
      const large = folder.write("large.memscript", "heap 64MiB\n");
      assert.match((await cli("run", large, "--limit", "memory=1MiB")).out, /`--limit memory=N`/);
      assert.match((await cli("run", large, "--limit", "memory=1MiB", "--json")).out, /`--limit memory=N`/);
      assert.match((await cli("report", large, "-o", "-", "--limit", "memory=1MiB")).out, /--limit memory=N/);
      assert.match((await cli("run", loop, "--limit", "steps=10")).out, /`--limit steps=N`/);
    });

    for (const written of ["steps", "steps=0", "steps=-1", "steps=1.5", "steps=many", "pages=3", "steps=1e400", "=3"]) {
      it(`${written} is bad usage`, async () => {
        const { code, err } = await cli("check", loop, "--limit", written);
        assert.equal(code, 2);
        assert.match(err, /^memscript: --limit [^\n]+\n$/);
      });
    }
  });
});
