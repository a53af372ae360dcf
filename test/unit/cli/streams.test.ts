import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { gzipSync } from "node:zlib";
import { cli, Folder } from "./harness";
import { readOnce, shell } from "./process";

const mtrace = "= Start\n@ a:[0x1] + 0x1000 0x10\n@ a:[0x1] - 0x1000\n= End\n";

describe("what the command line reads and writes", () => {
  const folder = new Folder();
  const bad = folder.write("bad.memscript", "a = alloc 8\nfree a\nfree a\n");
  const long = folder.write("long.memscript", "repeat 20000 as i\n  a = alloc 8\n  free a\nend\nfree a\n");
  const trace = folder.write("one.mtrace", mtrace);
  const packed = folder.write("one.mtrace.gz", gzipSync(mtrace));
  const references = folder.write("one.ref", "7 0 1 2 0 3 0 4\n");
  after(() => folder.remove());

  const one = (err: string): void => assert.match(err, /^memscript: [^\n]+\n$/, "one line");

  describe("standard output", () => {
    for (const command of ["check $1", "run $1", "run $1 --json", "format $1", "report $1 -o -", "--help"]) {
      it(`memscript ${command} > /dev/full exits with 2 and says so`, () => {
        const { code, err } = shell(`memscript ${command} > /dev/full`, bad);
        assert.equal(code, 2, err);
        assert.equal(err, "memscript: the output cannot be written: the disk is full\n");
      });
    }

    it("a file that cannot take all of the output is an error, though it takes a part", () => {
      const { code, err } = shell(`ulimit -f 4; memscript run "$1" > "$2"`, long, folder.path("limited.txt"));
      assert.equal(code, 2);
      assert.match(err, /^memscript: the output cannot be written: the file would be too large\n$/);
    });

    it("a reader that goes away ends the command quietly, with the exit code so far", async () => {
      assert.deepEqual(await readOnce("run", long), { code: 0, err: "" });
      const { code, out, err } = shell(`set -o pipefail; memscript run "$1" --json | head -n 1 | wc -l`, long);
      assert.deepEqual([code, out.trim(), err], [0, "1", ""]);
    });
  });

  describe("standard input, pipes and devices", () => {
    for (const name of ["-", "/dev/stdin"]) {
      it(`${name} is a script or a trace`, () => {
        const script = shell(`cat "$1" | memscript check ${name}`, bad);
        assert.equal(script.code, 1);
        assert.match(script.out, /^<stdin>:3:1: error: .*\[double-free\]/);
        assert.match(shell(`cat "$1" | memscript replay ${name}`, trace).out, /^2 operations/);
        assert.match(shell(`memscript compare ${name} < "$1"`, packed).out, /first-fit/);
        assert.match(shell(`cat "$1" | memscript convert ${name} -o -`, packed).out, /alloc 16/);
        assert.match(shell(`cat "$1" | memscript format ${name}`, bad).out, /^a = alloc 8\n/);
      });
    }

    it("a process substitution is read once, and twice where a policy looks ahead", () => {
      const direct = shell(`memscript replay "$1"`, packed);
      assert.deepEqual(shell(`memscript replay <(cat "$1")`, packed), direct);
      assert.deepEqual(shell(`memscript replay <(zcat "$1")`, packed), direct);
      const twice = shell(`memscript replay <(cat "$1") --vm "frames=3 replacement=opt"`, references);
      assert.deepEqual(twice, shell(`memscript replay "$1" --vm "frames=3 replacement=opt"`, references));
    });

    it("sizes are limits on what is read", () => {
      for (const [command, message] of [
        ["check /dev/zero", "/dev/zero: this is a binary file, not a script"],
        ["check <(yes 'a = alloc 8')", "a script has at most 32 MiB, this one has more"],
        ["run - < /dev/urandom", "<stdin>: this is a binary file, not a script"],
      ] as const) {
        const { code, err } = shell(`memscript ${command}`);
        assert.equal(code, 2, command);
        assert.ok(err.includes(message), err);
        one(err);
      }
    });

    describe("endless input is given up as no trace", () => {
      for (const command of [
        "replay /dev/zero",
        "replay /dev/zero --format mtrace",
        "replay /dev/zero --format din --curve",
        "replay /dev/zero --vm frames=3",
        "replay <(yes hello)",
        "replay <(yes hello) --format lackey",
        "replay <(yes '')",
        "replay <(yes '') --format ref",
        "replay /dev/urandom",
        "convert /dev/zero -o -",
        "convert <(yes hello) -o - --format rep",
        "compare <(yes '')",
      ]) {
        it(command, () => {
          const { code, out, err } = shell(`memscript ${command}`);
          assert.deepEqual([code, out], [2, ""]);
          one(err);
          assert.match(err, /no trace|no line of|is empty|at most 32 MiB|longer than/);
        });
      }
    });

    it("what cannot be read is said in words", () => {
      assert.match(shell(`memscript check - < .`).err, /^memscript: <stdin>: it is a folder\n$/);
      assert.match(shell(`memscript check ${"x".repeat(300)}`).err, /the name is too long\n$/);
    });
  });

  describe("files", () => {
    it("a file is replaced as a whole: a limit on its size leaves what was there, and nothing beside it", () => {
      const before = "a=alloc 8 # keep\n".repeat(2000);
      const file = folder.write("whole.memscript", before);
      const listed = readdirSync(folder.root);
      const { code, err } = shell(`ulimit -f 4; memscript format "$1" --write`, file);
      assert.equal(code, 2);
      assert.match(err, /whole\.memscript: the file would be too large\n$/);
      assert.equal(readFileSync(file, "utf8"), before);
      const converted = folder.path("half.memscript");
      const lines = "@ a:[0x1] + 0x1000 0x10\n@ a:[0x1] - 0x1000\n".repeat(2000);
      const source = folder.write("many.mtrace", `= Start\n${lines}= End\n`);
      assert.equal(shell(`ulimit -f 4; memscript convert "$1" -o "$2"`, source, converted).code, 2);
      assert.ok(!existsSync(converted));
      assert.deepEqual(readdirSync(folder.root), [...listed, "many.mtrace"].sort());
    });

    it("links and permissions stay; a protected file does", async () => {
      const file = folder.write("target.memscript", "a=alloc 8\n");
      chmodSync(file, 0o640);
      const link = folder.path("link.memscript");
      symlinkSync(file, link);
      assert.equal((await cli("format", link, "--write")).code, 0);
      assert.ok(lstatSync(link).isSymbolicLink());
      assert.equal(readFileSync(file, "utf8"), "a = alloc 8\n");
      assert.equal(statSync(file).mode & 0o777, 0o640);
    });

    it("a device is written to directly", () => {
      assert.match(shell(`memscript convert "$1" -o /dev/stdout`, trace).out, /alloc 16/);
      const { code, err } = shell(`memscript convert "$1" -o /dev/full`, trace);
      assert.deepEqual([code, err], [2, "memscript: /dev/full: the disk is full\n"]);
    });

    it("-o onto the input is refused, under any of its names", async () => {
      const hard = folder.path("hard.mtrace");
      linkSync(trace, hard);
      for (const output of [trace, hard]) {
        const { code, err } = await cli("convert", trace, "-o", output);
        assert.equal(code, 2);
        assert.match(err, /it is read, and writing would replace it/);
        assert.equal(readFileSync(trace, "utf8"), mtrace);
      }
      const text = readFileSync(bad, "utf8");
      assert.equal((await cli("report", bad, "-o", bad)).code, 2);
      assert.equal(readFileSync(bad, "utf8"), text);
    });

    it("format --write refuses what is not UTF-8, and names the line", async () => {
      const bytes = readFileSync("test/fixtures/attack/latin1.memscript");
      const file = folder.write("latin1.memscript", bytes);
      const { code, err } = await cli("format", file, "--write");
      assert.equal(code, 2);
      assert.match(err, /latin1\.memscript:1: this line is not UTF-8/);
      assert.deepEqual(readFileSync(file), bytes);
      const wide = folder.write("wide.memscript", Buffer.from("\uFEFFa=alloc 8\n", "utf16le"));
      assert.equal((await cli("format", wide, "--write")).code, 2);
      assert.equal((await cli("check", wide)).code, 0);
    });

    it("format prints what it can read of such a file, and says what it cannot", async () => {
      const { code, out, err } = await cli("format", folder.path("latin1.memscript"));
      assert.equal(code, 0);
      assert.match(out, /a = {2}?alloc 10|a = alloc 10/);
      assert.match(err, /is not UTF-8/);
    });
  });

  it("a file of a name with an escape is named without it", async () => {
    writeFileSync(folder.path("e\u001b[31m\nx.memscript"), "free 8\n");
    const { out } = await cli("check", folder.path("e\u001b[31m\nx.memscript"));
    assert.match(out, /e\\u001b\[31m\\u000ax\.memscript:1:/);
  });
});
