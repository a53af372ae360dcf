import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { cli, Folder } from "./harness";

describe("memscript report", () => {
  const folder = new Folder();
  after(() => folder.remove());

  it("writes a page about a run, and exits as the run did", async () => {
    const clean = folder.write("clean.memscript", "a = alloc 100\nfree a\n");
    const output = folder.path("clean.html");
    assert.deepEqual(await cli("report", clean, "-o", output), { code: 0, out: "", err: "" });
    const page = readFileSync(output, "utf8");
    assert.match(page, /^<!doctype html>/i);
    assert.match(page, /<title>Memory report: clean\.memscript<\/title>/);
    const wrong = await cli("report", folder.write("wrong.memscript", "free 8\n"), "-o", "-");
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, /invalid-free/);
  });

  it("runs with overridden options", async () => {
    const file = folder.write("set.memscript", "heap 1KiB\na = alloc 8\nfree a\n");
    const { out } = await cli("report", file, "-o", "-", "--set", "heap.policy=best-fit");
    assert.match(out, /best-fit, address order/);
  });

  it("asks where to write, and says where it cannot", async () => {
    const file = folder.write("one.memscript", "a = alloc 8\n");
    assert.match((await cli("report", file)).err, /^memscript: missing -o FILE\.html/);
    const { code, err } = await cli("report", file, "-o", folder.path("none/page.html"));
    assert.equal(code, 2);
    assert.match(err, /there is no such folder/);
    assert.ok(!existsSync(folder.path("none")));
  });
});
