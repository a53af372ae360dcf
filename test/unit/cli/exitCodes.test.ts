import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { cli, Folder } from "./harness";

describe("exit codes and messages of the command line", () => {
  let folder: Folder;
  let files: Readonly<Record<string, string>>;

  before(() => {
    folder = new Folder();
    mkdirSync(folder.path("folder"));
    const huge = folder.write("huge.memscript", "");
    truncateSync(huge, 100 * 1024 * 1024);
    const locked = folder.write("locked.memscript", "");
    chmodSync(locked, 0);
    const mtrace = "= Start\n@ a:[0x1] + 0x1000 0x10\n@ a:[0x1] - 0x1000\n= End\n";
    files = {
      CLEAN: folder.write("clean.memscript", "a = alloc 100\nfree a\n"),
      ERROR: folder.write("error.memscript", "a = alloc 100\nfree a\nfree a\n"),
      LEAK: folder.write("leak.memscript", "a = alloc 100\n"),
      SYNTAX: folder.write("syntax.memscript", "a = alloc\nfly\n"),
      EMPTY: folder.write("empty.memscript", ""),
      CRLF: folder.write("crlf.memscript", "\uFEFFa = alloc 100\r\n\tfree a"),
      BINARY: folder.write("binary.memscript", new Uint8Array([0x7f, 0x45, 0, 1, 2])),
      HUGE: huge,
      FOLDER: folder.path("folder"),
      MISSING: folder.path("missing.memscript"),
      TRACE: folder.write("one.mtrace", mtrace),
      REFERENCES: folder.write("one.ref", "7 0 1 2 0 3 0 4\n"),
      PACKED: folder.write("one.mtrace.gz", gzipSync(mtrace)),
      REP: folder.write("trace.rep", "20000\n1\n2\n1\na 0 512\nf 0\n"),
      WORDS: folder.write("words.txt", "cache L1 1KiB\naccess 0x1000 w\naccess 0x2000 r size=8\naccess 0x3000 x\n"),
      LOADS: folder.write("loads.txt", "vm frames=4\nmap 0..4\nload 0x1000 4\nload 0x2000 4\nload 0x1004\nload 0\n"),
      FOUR: folder.write("four.txt", "1\n2\n3\n4\n"),
      TORN: folder.write("torn.mtrace.gz", gzipSync(mtrace.repeat(50)).subarray(0, 40)),
      JUNK: folder.write("junk.trace", "hello\nthis is no trace\n"),
      TIGHT: folder.write("tight.memscript", "heap 256\na = alloc 200\nb = alloc 200\nfree a\nfree b\n"),
      NOWHERE: folder.path("nowhere/out.memscript"),
      OUT: folder.path("out.memscript"),
    };
  });
  after(() => folder.remove());

  const cases: [string, number, RegExp | null][] = [
    ["run CLEAN", 0, null],
    ["run CLEAN --json", 0, null],
    ["run ERROR", 1, null],
    ["run LEAK", 0, null],
    ["run SYNTAX", 1, null],
    ["run EMPTY", 0, null],
    ["run CRLF", 0, null],
    ["check CLEAN LEAK", 0, null],
    ["check CLEAN ERROR LEAK", 1, null],
    ["check SYNTAX --json", 1, null],
    ["format CLEAN", 0, null],
    ["replay TRACE", 0, null],
    ["replay PACKED --json --steps", 0, null],
    ["replay REFERENCES", 0, null],
    ["replay REFERENCES --vm frames=2 --json --steps", 1, null],
    ["replay REFERENCES --curve --json", 0, null],
    ["convert TRACE -o OUT", 0, null],
    ["convert REFERENCES -o OUT", 0, null],
    ["convert REFERENCES -o OUT --format ref", 0, null],
    ["compare CLEAN", 0, null],
    ["compare REFERENCES", 0, null],
    ["compare REFERENCES --policies fifo,lru --frames 1..3 --vm frames=2", 0, null],
    ["compare REFERENCES --curve --policies clock", 0, null],
    ["replay REFERENCES --curve --policies clock --frames 3", 0, null],
    ["compare TRACE --policies first-fit,best-fit", 0, null],
    ["run CLEAN --state each", 0, null],
    ["run CLEAN --set heap.size=4KiB --set heap.header=2*8", 0, null],
    ["compare TIGHT", 1, null],
    ["compare TIGHT --set heap.size=4KiB", 0, null],
    ["compare TRACE --set heap.header=8", 0, null],
    ["compare TRACE --set vm.frames=8", 2, /vm\.frames is for scripts/],
    ["compare CLEAN --set heap.policy=tlsf", 2, /--policies chooses/],
    ["--version", 0, null],
    ["--help", 0, null],
    ["run --help", 0, null],
    ["", 2, /no command given/],
    ["fly", 2, /no command 'fly'/],
    ["run", 2, /which file/],
    ["run CLEAN ERROR", 2, /one file at a time/],
    ["run CLEAN --fast", 2, /--fast/],
    ["run CLEAN --state some", 2, /none, end, each/],
    ["run CLEAN --set policy", 2, /heap\.policy=best-fit/],
    ["run CLEAN --set heap.colour=red", 2, /no option 'colour'/],
    ["run CLEAN --set heap.policy=magic", 2, /first-fit/],
    ["run CLEAN --set heap.header=abc", 2, /heap\.header is a number such as 64 or 4KiB, not `abc`/],
    ["run CLEAN --set heap.size=big", 2, /heap\.size is a number/],
    ["run CLEAN --set pool.count=3", 2, /no option `count`/],
    ["run CLEAN --set fly.high=1", 2, /no statement 'fly'/],
    ["run MISSING", 2, /missing\.memscript: there is no such file/],
    ["run FOLDER", 2, /folder/],
    ["run BINARY", 2, /binary/],
    ["run HUGE", 2, /at most 32 MiB, this file has 100 MiB/],
    ["check CLEAN MISSING", 2, /no such file/],
    ["format MISSING", 2, /no such file/],
    ["replay MISSING", 2, /no such file/],
    [
      "run TRACE",
      2,
      /one\.mtrace: this is a trace \(mtrace\), not a script: `memscript replay` replays it, `memscript convert`/,
    ],
    ["run REP", 2, /trace\.rep: this is a trace \(\.rep\), not a script/],
    ["check CLEAN PACKED", 2, /one\.mtrace\.gz: this is a trace/],
    ["query REFERENCES problems", 2, /one\.ref: this is a trace \(page numbers\)/],
    ["format REP", 2, /this is a trace/],
    ["report REP -o OUT", 0, null],
    ["report PACKED -o OUT", 0, null],
    ["run WORDS", 0, null],
    ["run LOADS", 0, null],
    ["compare WORDS", 0, null],
    ["replay REFERENCES --format pages --base 16", 0, null],
    ["replay REFERENCES --format addresses --modify=twice", 0, null],
    ["replay REFERENCES --base 8", 2, /--base is one of 10, 16/],
    ["replay REFERENCES --modify never", 2, /--modify is one of once, twice/],
    ["convert REFERENCES -o OUT --format addresses --base 10 --modify twice", 0, null],
    ["replay FOUR --vm frames=2", 1, null],
    ["replay REP --vm frames=2", 2, /this is one of allocations \(rep\)/],
    ["replay REFERENCES --vm policy=fifo", 2, /belongs to the lookaside buffer/],
    ["replay TORN", 2, /cut off or damaged/],
    ["replay TRACE --format zip", 2, /--format is one of/],
    ["replay TRACE --heap policy", 2, /name=value/],
    ["replay TRACE --steps", 2, /--steps goes with --json/],
    ["replay TRACE --vm frames=64", 2, /are for traces of memory references/],
    ["replay TRACE --cache L1_1KiB", 2, /are for traces of memory references/],
    ["replay TRACE --curve", 2, /are for traces of memory references/],
    ["replay TRACE --format lackey", 2, /one\.mtrace:2: .*no line of a lackey trace/],
    ["replay TRACE --heap 4KiB_header=5000", 2, /no room for a block/],
    ["replay TRACE --heap 4KiB_max=1KiB", 2, /less than the heap's size/],
    ["replay TRACE --heap fresh=256", 2, /a byte is at most 255/],
    ["replay TRACE --heap base=9007199254740991", 2, /beyond the address 2\^53 - 1/],
    ["replay TRACE --heap 9007199254740991", 2, /beyond the address 2\^53 - 1/],
    ["replay TRACE --heap 4KiB_max=9007199254740991", 2, /beyond the address 2\^53 - 1/],
    ["replay REFERENCES --vm frames=1e12", 2, /`--limit blocks=N` raises it/],
    ["replay REFERENCES --vm frames=4194305", 2, /`--limit blocks=N` raises it/],
    ["replay REFERENCES --vm frames=4194305 --limit blocks=5e6", 0, null],
    ["replay REFERENCES --vm tlb=1e12", 2, /`--limit blocks=N` raises it/],
    ["replay REFERENCES --cache L1_1KiB_ways=7", 2, /do not divide into sets of 7/],
    ["replay REFERENCES --limit blocks=0", 2, /--limit blocks is a whole number/],
    ["replay REFERENCES --heap policy=tlsf", 2, /--heap is for traces of allocations/],
    ["replay REFERENCES --vm frames=0", 2, /--vm: .*`frames=` is 0/],
    ["replay REFERENCES --vm colour=red", 2, /--vm: .*colour/],
    ["replay REFERENCES --cache L1", 2, /--cache: /],
    ["replay JUNK", 2, /junk\.trace: .*no trace/],
    ["replay BINARY", 2, /binary\.memscript: /],
    ["replay EMPTY", 2, /empty/],
    ["convert JUNK -o OUT", 2, /no trace/],
    ["convert TRACE -o NOWHERE", 2, /no such folder/],
    ["dap CLEAN", 2, /give none here/],
    ["convert TRACE", 2, /-o/],
    ["convert TRACE -o FOLDER", 2, /folder/],
    ["compare CLEAN --policies magic", 2, /not 'magic'/],
    ["compare CLEAN --policies clock", 2, /'clock' needs paging on demand/],
    ["compare CLEAN --of caches", 2, /--of is one of heap, replacement, tlb, cache/],
    ["compare CLEAN --frames 0", 2, /--frames takes numbers/],
    ["compare CLEAN --frames 1..9999999", 2, /1024 numbers at most/],
    ["compare CLEAN --curve", 2, /the script has none/],
    ["compare REFERENCES --set vm.frames=8", 2, /--vm and --cache describe/],
    ["compare REFERENCES --policies first-fit", 2, /'first-fit' needs a heap/],
    ["compare TRACE --vm frames=3", 2, /traces of memory references/],
    ["replay REFERENCES --policies clock", 2, /go with --curve/],
    ["replay REFERENCES --curve --policies tlsf", 2, /not 'tlsf'/],
  ];
  for (const [line, expected, message] of cases) {
    it(`memscript ${line} exits with ${expected}`, async () => {
      const args = line.split(" ").filter((word) => word !== "");
      const { code, err } = await cli(...args.map((word) => files[word] ?? word.replaceAll("_", " ")));
      assert.equal(code, expected, err);
      if (message === null) assert.equal(err, "");
      else {
        assert.match(err, message);
        assert.match(err, /^memscript: [^\n]+\n$/, "one line");
      }
    });
  }

  it("a load of all memory is one short record", async () => {
    const { code, out } = await cli("run", "test/fixtures/attack/load-256m.memscript", "--json");
    assert.equal(code, 0);
    assert.ok(out.length < 2_000_000, `${out.length} characters`);
  });

  it("never writes a script back without being asked", async () => {
    const untidy = folder.write("untidy.memscript", "a=alloc   100\nfree a\n");
    const { out } = await cli("format", untidy);
    assert.notEqual(out, "a=alloc   100\nfree a\n");
    assert.equal(readFileSync(untidy, "utf8"), "a=alloc   100\nfree a\n");
    await cli("format", untidy, "--write");
    assert.equal(readFileSync(untidy, "utf8"), out);
  });
});
