import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { cli, Folder, json } from "./harness";
import { shell } from "./process";

describe("memscript grade", () => {
  const folder = new Folder();
  mkdirSync(folder.path("hand-ins"));
  const tests = folder.write(
    "tests.memscript",
    [
      "# What a solution leaves.",
      "expect used == 0 # 2 points: every block is freed",
      'expect main.peak == 150 # 0.5 points: <peak> & "more"',
      "expect problem double-free",
      "free a",
    ].join("\n"),
  );
  const good = folder.write("hand-ins/good.memscript", "heap main 1KiB\na = alloc 100\nb = alloc 50\nfree a\nfree b\n");
  const wrong = folder.write("hand-ins/wrong.memscript", "heap main 1KiB\na = alloc 100\nfree a\nused = 0\nfree a\n");
  folder.write("hand-ins/empty.memscript", "# nothing yet\n");
  folder.write("hand-ins/cut.memscript", "heap main 1KiB\na = alloc 100\nb = alloc 50\nfree a\nfre");
  after(() => folder.remove());

  it("says of each expectation whether it holds, and passes or not", async () => {
    assert.deepEqual(await cli("grade", good, "--with", tests, "--points"), {
      code: 0,
      out: [
        `${tests}:2: held (2 of 2 points): every block is freed`,
        `${tests}:3: held (0.5 of 0.5 points): <peak> & "more"`,
        `${tests}:4: held (1 of 1 point): expect problem double-free`,
        `${good}: passed, 3 of 3 expectations held, 3.5 of 3.5 points, no problems`,
        "",
      ].join("\n"),
      err: "",
    });
    const { code, out } = await cli("grade", wrong, "--with", tests);
    assert.equal(code, 1);
    const lines = out.trimEnd().split("\n");
    assert.match(lines[0], /wrong\.memscript:5:1: error: Double free/);
    assert.ok(
      lines.includes(`${tests}:3: not held: <peak> & "more": Expected main.peak == 150, but main.peak is 100.`),
    );
    assert.equal(lines.at(-1), `${wrong}: failed, 2 of 3 expectations held, 1 error`);
  });

  it("several submissions give a table, and one of them that cannot be read does not keep the others from it", async () => {
    const binary = folder.write("binary.memscript", new Uint8Array([1, 0, 2]));
    const all = await cli("grade", folder.path("hand-ins"), binary, folder.path("missing.memscript"), "--with", tests);
    assert.equal(all.code, 2);
    assert.match(all.err, /^memscript: .*binary file[^\n]*\nmemscript: .*missing\.memscript: there is no such file\n$/);
    const rows = all.out
      .replaceAll(`${folder.root}/`, "")
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    assert.deepEqual(rows, [
      ["submission", "verdict", "held", "errors", "warnings"],
      ["hand-ins/cut.memscript", "failed", "2/3", "1", "1"],
      ["hand-ins/empty.memscript", "empty", "0/3", "0", "0"],
      ["hand-ins/good.memscript", "passed", "3/3", "0", "0"],
      ["hand-ins/wrong.memscript", "failed", "2/3", "1", "0"],
      ["binary.memscript", "unreadable", "0/3", "0", "0"],
      ["missing.memscript", "unreadable", "0/3", "0", "0"],
      ["1 of 6 submissions passed"],
    ]);
    assert.equal((await cli("grade", folder.path("hand-ins/*"), "--with", tests)).code, 1);
  });

  it("the expectations are no submission of the folder that they are in", async () => {
    folder.write("hand-ins/tests.memscript", readFileSync(tests));
    const { out } = await cli("grade", folder.path("hand-ins"), "--with", folder.path("hand-ins/tests.memscript"));
    assert.match(out, /1 of 4 submissions passed\n$/);
  });

  it("--json has a record a submission and one at the end", async () => {
    const [record, end] = json((await cli("grade", wrong, "--with", tests, "--json")).out) as Record<string, unknown>[];
    const { results, problems, ...rest } = record;
    assert.deepEqual(rest, {
      kind: "grade",
      file: wrong,
      verdict: "failed",
      passed: false,
      reason: null,
      held: 2,
      expectations: 3,
      points: 3,
      outOf: 3.5,
      errors: 1,
      warnings: 0,
    });
    assert.deepEqual((results as unknown[])[1], {
      line: 3,
      text: "expect main.peak == 150",
      title: '<peak> & "more"',
      points: 0.5,
      outcome: "failed",
      message: "Expected main.peak == 150, but main.peak is 100.",
    });
    assert.equal((problems as unknown[]).length, 1);
    assert.deepEqual(end, { kind: "end", submissions: 1, passed: 0 });
  });

  it("--junit is XML whose counts are right, without control characters", async () => {
    const hostile = folder.write("e\u001b[1m<&>.memscript", 'a = alloc 8 # \u001b[31m\nwrite a "\u0085]]>" \u0007\n');
    const titled = folder.write("titled.memscript", "expect used == 0 # 1 point: a\u001b[2Jb\u202ec \"<&>'\n");
    const report = folder.path("report.xml");
    assert.equal((await cli("grade", hostile, good, "--with", titled, "--junit", report)).code, 1);
    const xml = readFileSync(report, "utf8");
    assert.doesNotMatch(xml, /(?!\n)[\p{Cc}\u202e]/u);
    assert.match(
      xml,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="[^"]*" tests="4" failures="2" errors="0"/,
    );
    assert.equal(xml.match(/<testcase /g)?.length, 4);
    assert.equal(xml.match(/<failure /g)?.length, 2);
    assert.ok(xml.includes("line 1: a[2Jbc &quot;&lt;&amp;&gt;&apos;"));
    assert.ok(xml.includes("e\\u001b[1m&lt;&amp;&gt;.memscript"));
    const text = xml.replaceAll(/<\/?[a-z?][^<>]*>/g, "");
    assert.doesNotMatch(text, /[<>]|&(?!(?:amp|lt|gt|quot|apos);)/, "everything else is text");
    const printed = await cli("grade", good, "--with", titled, "--junit", "-");
    assert.match(printed.out, /^<\?xml[^]*<\/testsuites>\n$/);
  });

  it("never writes the report over a submission or the expectations", async () => {
    for (const file of [good, tests]) {
      const before = readFileSync(file, "utf8");
      const { code, err } = await cli("grade", good, "--with", tests, "--junit", file);
      assert.equal(code, 2);
      assert.match(err, /it is read, and writing would replace it/);
      assert.equal(readFileSync(file, "utf8"), before);
    }
  });

  it("--strict fails a leak", async () => {
    const leak = folder.write("leak.memscript", "a = alloc 8\n");
    const one = folder.write("one.memscript", "expect allocations == 1\n");
    assert.equal((await cli("grade", leak, "--with", one)).code, 0);
    assert.equal((await cli("grade", leak, "--with", one, "--strict")).code, 1);
  });

  it("a submission that loops ends by a limit or by its time", async () => {
    const one = folder.write("one.memscript", "expect used == 0\n");
    const loop = folder.write("loop.memscript", "repeat 1e15\n  repeat 1e15\n  end\n  x = 1\nend\n");
    const limited = await cli("grade", loop, "--with", one, "--limit", "steps=1000");
    assert.equal(limited.code, 1);
    assert.match(
      limited.out,
      /not held: .*: The run ended before this line\.\n.*: failed, 0 of 1 expectation held, 1 error\n$/s,
    );
    const slow = folder.write("slow.memscript", "heap 64MiB\na = alloc 60MiB\nrepeat 1e6\n  fill a 60MiB 1\nend\n");
    const stopped = await cli("grade", slow, "--with", one, "--timeout", "0.2");
    assert.equal(stopped.code, 1);
    assert.match(stopped.out, /: stopped, 0 of 1 expectation held/);
    assert.match(stopped.out, /The submission took too long and was stopped\./);
  });

  it("a hand-in may come from standard input", () => {
    const { code, out } = shell(`memscript grade - --with "$1" < "$2"`, tests, good);
    assert.equal(code, 0);
    assert.match(out, /<stdin>: passed/);
    assert.equal(shell(`memscript grade - --with "$1" < /dev/null`, tests).code, 1);
    assert.equal(shell(`memscript grade "$2" --with "$1" > /dev/full`, tests, good).code, 2);
  });

  const usage: readonly [string, readonly string[], RegExp][] = [
    ["no expectations", [good], /which expectations/],
    ["no submission", ["--with", tests], /which submission/],
    ["expectations that are not there", [good, "--with", folder.path("none")], /none: there is no such file/],
    ["a file without any", [good, "--with", good], /it has no expectations/],
    ["expectations with a mistake", [good, "--with", folder.write("x", "\nexpect used = 3\n")], /x:2: /],
    ["a name of a statistic", [good, "--with", folder.write("y", "hits = 3\nexpect hits == 3\n")], /y:1: `hits` is/],
    ["two outputs", [good, "--with", tests, "--json", "--junit", "-"], /both print/],
    ["a timeout of nothing", [good, "--with", tests, "--timeout", "0"], /--timeout/],
  ];
  for (const [what, args, message] of usage) {
    it(`${what}: exit code 2 and one line`, async () => {
      const { code, out, err } = await cli("grade", ...args);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, /^memscript: [^\n]+\n$/);
      assert.match(err, message);
    });
  }
});
