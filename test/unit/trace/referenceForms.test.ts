import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { formats, referenceFormats } from "../../../src/trace/formats";
import type { NumberReading } from "../../../src/trace/format";
import { openNumbers } from "../../../src/trace/openNumbers";
import { readingText, readingWarnings } from "../../../src/trace/reading";
import { recognise } from "../../../src/trace/recognise";
import { ReferenceBatch } from "../../../src/trace/references";
import type { TraceRequest } from "../../../src/trace/request";
import { TraceReader } from "../../../src/trace/TraceReader";
import { bytesOf } from "../replay/traces";

const letters = ["r", "w", "x", "m"];

interface Read {
  readonly id: string | undefined;
  /** A word a reference: kind, hexadecimal address, size unless it is 1. */
  readonly references: string;
  readonly text: string;
  readonly warnings: readonly string[];
  readonly problems: readonly string[];
}

/** Reads as a command does: of all formats that the lines fit, the best. */
function read(bytes: Uint8Array, request: TraceRequest = {}, candidates = referenceFormats): Read {
  const reader = new TraceReader(candidates, request);
  const batch = new ReferenceBatch(request.modify === "twice");
  reader.feed(bytes, batch);
  reader.finish(batch);
  const words = Array.from({ length: batch.length }, (_, k) => {
    const size = batch.sizes[k] === 1 ? "" : `+${batch.sizes[k]}`;
    return `${letters[batch.kinds[k]]}${batch.addresses[k].toString(16)}${size}`;
  });
  const { reading } = reader;
  return {
    id: reader.format?.id,
    references: words.join(" "),
    text: reading === null ? "" : readingText(reading, batch.length),
    warnings: reading === null ? [] : readingWarnings(reading).map(({ line, message }) => `${line + 1}: ${message}`),
    problems: reader.problems.map(({ line, message }) => `${line + 1}: ${message}`),
  };
}

const fixture = (name: string): Uint8Array => readFileSync(join(__dirname, "../../fixtures/people", name));

/** What it is, its lines, the format that is recognised among all, the references. */
const forms: readonly (readonly [string, string, string, string])[] = [
  ["address, letter", "0041f7a0 R\n13f5e2c0 W\n0041f7b8 R\n", "addresses", "r41f7a0 w13f5e2c0 r41f7b8"],
  ["letter, address", "R 0x1000\nW 0x2000\n", "addresses", "r1000 w2000"],
  ["letter, address, size", "R 0x1000 4\nW 0x2000 8\nI 0x400 2\n", "addresses", "r1000+4 w2000+8 x400+2"],
  ["letter, address, comma, size", "L 0x1000,4\nS 0x2000,8\nM 0x30,1\n", "addresses", "r1000+4 w2000+8 m30"],
  ["address, letter, size", "0x1000 r 4\n0x2000 w 8\n", "addresses", "r1000+4 w2000+8"],
  ["address, size, letter", "0x1000 4 R\n0x2000 8 W\n", "addresses", "r1000+4 w2000+8"],
  ["lower-case letters", "l 7ffe0010\ns 7ffe0018\n", "addresses", "r7ffe0010 w7ffe0018"],
  ["words", "load 0x10\nstore 0x20\n", "addresses", "r10 w20"],
  ["words in capitals", "READ 4096\nWRITE 8192\n", "addresses", "r1000 w2000"],
  ["words after the address", "4096 read\n8192 write\n", "addresses", "r1000 w2000"],
  ["ramulator's load and store", "LD 0x1000\nST 0x2040\n", "addresses", "r1000 w2040"],
  ["cycle, letter, address", "12 R 0x41f7a0\n90 W 0x41f7c0\n", "addresses", "r41f7a0 w41f7c0"],
  ["cycle, letter, decimal address", "5 R 40960\n9 W 81920\n12 R 40964\n", "addresses", "ra000 w14000 ra004"],
  [
    "address, DRAMSim's words, cycle",
    "0x20C7B40 P_MEM_RD 100\n0x20C7B80 P_MEM_WR 900\n",
    "addresses",
    "r20c7b40 w20c7b80",
  ],
  ["thread, letter, address, size", "0 R 7f0010 8\n1 W 7f0020 4\n", "addresses", "r7f0010+8 w7f0020+4"],
  ["instruction and data address", "0x401136 W 0x7ffc10\n0x401139 R 0x7ffc10\n", "addresses", "w7ffc10 r7ffc10"],
  ["words around them", "Read 8 bytes at 0x1000\nWrite 4 bytes at 0x2000\n", "addresses", "r1000+8 w2000+4"],
  ["names of columns", "addr=0x1000 op=R\naddr=0x2000 op=W\n", "addresses", "r1000 w2000"],
  ["records of JSON", '{"op":"R","addr":"0x1000"}\n{"op":"W","addr":"0x2000"}\n', "addresses", "r1000 w2000"],
  ["further columns", "R 0x1000 4 main.c:12 x\nW 0x2000 4 main.c:13 y\n", "addresses", "r1000+4 w2000+4"],
  ["columns with commas and a heading", "op,address,size\nR,0x1000,4\nW,0x2000,8\n", "addresses", "r1000+4 w2000+8"],
  ["a letter with a colon", "R: 0x1000\nW: 0x2000\n", "addresses", "r1000 w2000"],
  ["hexadecimal needed once", "R 1000\nW 2000\nR 1a00\n", "addresses", "r1000 w2000 r1a00"],
  ["padded to one width", "R 00001000\nW 00002000\n", "addresses", "r1000 w2000"],
  [
    "hexadecimal needed far below",
    `${"R 1000\n".repeat(5000)}W beef0\n`,
    "addresses",
    `${"r1000 ".repeat(5000)}wbeef0`,
  ],
  ["addresses several on a line", "0x1000 0x2000\n0x3000\n", "addresses", "r1000 r2000 r3000"],
  ["decimal addresses on a line", "5000, 5100, 300\n", "addresses", "r1388 r13ec r12c"],
  ["hexadecimal addresses on a line", "7ffe0010 7ffe0018 401000\n", "addresses", "r7ffe0010 r7ffe0018 r401000"],
  ["in brackets", "[7, 0, 1, 2]\n", "ref", "r7000 r0 r1000 r2000"],
  ["pages several on a line", "7 0 1 2 0 3\n0 4\n", "ref", "r7000 r0 r1000 r2000 r0 r3000 r0 r4000"],
  ["pages with letters, one on a line", "r 7\nw 3\nr 0\n", "ref", "r7000 w3000 r0"],
  [
    "a page string wrapped in threes",
    "1 2 3\n4 1 2\n5 1 2\n",
    "ref",
    "r1000 r2000 r3000 r4000 r1000 r2000 r5000 r1000 r2000",
  ],
  ["few pages, one on a line", "1\n2\n1\n", "ref", "r1000 r2000 r1000"],
  ["pages and addresses", "7 0x10 3\n", "ref", "r7000 r10 r3000"],
  [
    "lackey without sizes",
    "I 0401000\nL 1ffe0010\nS 1ffe0018\nM 0404010\n",
    "lackey",
    "x401000 r1ffe0010 w1ffe0018 m404010",
  ],
  ["the cache lab's traces", " L 10,1\n M 20,1\n S 18,1\n", "lackey", "r10 m20 w18"],
  ["din with three columns", "0 1000 4\n1 1004 4\n2 2000 4\n", "din", "r1000+4 w1004+4 x2000+4"],
  ["din with hexadecimal sizes", "0 1000 10\n1 1004 8\n", "din", "r1000+16 w1004+8"],
  ["din with decimal sizes", "0 1000 16\n1 1004 64\n", "din", "r1000+16 w1004+64"],
  [
    "din of Dinero IV with letters and labels",
    "r 7ffe10 4\n0 7ffe14 4\nw 7ffe18 8\n",
    "din",
    "r7ffe10+4 r7ffe14+4 w7ffe18+8",
  ],
  [
    "pinatrace with sizes and values",
    "0x401136: W 0x7ffc10  8  0x1\n0x401139: R 0x7ffc18  4  0x2\n",
    "pin",
    "w7ffc10+8 r7ffc18+4",
  ],
  ["pinatrace with values", "0x401136: W 0x7ffc10 0x1\n0x401139: R 0x7ffc18 0x2a\n", "pin", "w7ffc10 r7ffc18"],
  [
    "drcachesim's view",
    [
      "Output format:",
      "<--record#-> <--instr#->: <---tid---> <record details>",
      "------------------------------------------------------------",
      "           1           0:     3256418 <marker: version 3>",
      "          10           1:     3256418 ifetch       3 byte(s) @ 0x00007f6fdd3ec1d0 48 89 e7  mov    %rsp -> %rdi",
      "          11           2:     3256418 read         8 byte(s) @ 0x00007ffdc6b0d0c8 by PC 0x00007f6fdd3ec1d3",
      "          12           2:     3256418 write        4 byte(s) @ 0x00007ffdc6b0d0d0 by PC 0x00007f6fdd3ec1d3",
      "View tool results:",
      "              3 : total instructions",
    ].join("\n"),
    "drcachesim",
    "x7f6fdd3ec1d0+3 r7ffdc6b0d0c8+8 w7ffdc6b0d0d0+4",
  ],
  [
    "gem5's packets",
    "r,4096,64,0,5000\nu,1,1,0,5500\nw,8192,8,256,6000\n",
    "gem5",
    "r1000+40 w2000+8".replace("40", "64"),
  ],
  ["gem5's packets with ids", "1,r,4096,64,0,5000\n2,w,8192,8,0,6000\n", "gem5", "r1000+64 w2000+8"],
  [
    "gem5's memory",
    [
      "  77000: system.physmem: IFetch from cpu.inst of size 64 on address 0x1000 data 0x13 C",
      "  78000: system.physmem: Read from cpu.data of size 8 on address 0x2008 data 0x1 C",
      "  78500: system.cpu: something else",
      "  79000: system.physmem: Write of size 4 on address 0x2010 data 0x1",
    ].join("\n"),
    "gem5",
    "x1000+64 r2008+8 w2010+4",
  ],
  [
    "gem5's caches",
    "5000: system.cpu.icache: access for ReadReq [1000:1003] IF\n6000: system.cpu.dcache: access for WriteReq [7ff0:7ff7]\n",
    "gem5",
    "x1000+4 w7ff0+8",
  ],
  [
    "perf script",
    [
      "# ========",
      "  ls 14753 [011]  3678.072400:   1   cpu/mem-loads,ldlat=30/P:   7ffdf1391b0c   88000182 |OP LOAD|LVL L1 hit|SNP N/A  401136 main+0x10 (/bin/ls)",
      "  ls 14753 [011]  3678.072500:   1   cpu/mem-stores/P:           7ffdf1391b10   5080144 |OP STORE|LVL L1 hit|SNP N/A  401139 main+0x13 (/bin/ls)",
      "  ls 14753 [011]  3678.072600:   1   cpu/mem-stores/P:           0              5080144 |OP STORE|LVL L1 hit|SNP N/A  401139 main+0x13 (/bin/ls)",
    ].join("\n"),
    "perf",
    "r7ffdf1391b0c w7ffdf1391b10",
  ],
  [
    "perf script without sources",
    "demo 42 1.5: 1 mem-loads:u: 7ffd10 401136 main+0x1 (/d)\ndemo 42 1.6: 1 mem-stores:u: 7ffd18 401139 main+0x4 (/d)\n",
    "perf",
    "r7ffd10 w7ffd18",
  ],
  [
    "perf's page faults",
    "a 1 [0] 1.0: exceptions:page_fault_user: address=0x7f0010 ip=0x401000 error_code=0x6\na 1 [0] 1.1: exceptions:page_fault_user: address=0x401000 ip=0x401000 error_code=0x14\n",
    "perf",
    "w7f0010 x401000",
  ],
];

const pick = (numbers: NumberReading | null) =>
  numbers && { unit: numbers.unit, base: numbers.base, isUnitDoubted: numbers.isUnitDoubted };

describe("forms of reference traces", () => {
  for (const [what, text, id, references] of forms) {
    it(`${what}: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const bytes = bytesOf(text);
      assert.equal(recognise(bytes, formats)?.format.id, id);
      const found = read(bytes);
      assert.deepEqual({ ...found, text: "", warnings: [] }, { id, references, text: "", warnings: [], problems: [] });
    });
  }

  it("read files of people's own", () => {
    assert.equal(read(fixture("addr-rw.trace")).references, "r41f7a0 w13f5e2c0 r41f7b8 r228940 r13f5e2c8 w228944");
    assert.equal(read(fixture("pinatrace.out")).references, "w7ffc10000fd8 r7ffc10000fd8 r404020 w404028");
    assert.equal(read(fixture("modify.trace")).references, "r10 m20 r22 w18 r110 r210 m12");
    assert.equal(read(fixture("straddle.trace")).references, "r3e+8 r40+4");
    assert.equal(read(fixture("three-column.din")).references, "r1000+4 w1004+4 x2000+4");
    const addresses = read(fixture("decimal-addresses.txt"), { name: "decimal-addresses.txt" });
    assert.equal(addresses.references, "r1388 r13ec r12c r138b r2328 r12d r1400 r232c ra000 r1389");
    assert.equal(
      addresses.text,
      "10 references read as decimal byte addresses (--format pages reads them as page numbers, --base 16 as hexadecimal)",
    );
    assert.equal(addresses.warnings.length, 1);
  });

  it("pass over lines of the program, and say which is the first", () => {
    const found = read(fixture("stray-line.trace"));
    assert.equal(found.references, "x401000+3 r1ffe0010+8 w1ffe0018+8 x401003+4 m404010+4");
    assert.deepEqual(found.problems, []);
    assert.deepEqual(found.warnings, ["5: This line is not one of the trace (lackey); it was passed over."]);
    const text = "counting to 3\nR 0x10\nhello\nW 0x20\nR 0x30\ndone 1\nR 0x40\n";
    const other = read(bytesOf(text));
    assert.equal(other.references, "r10 w20 r30 r40");
    assert.deepEqual(other.warnings, [
      "1: 3 lines are not those of the trace (addresses), this one first; they were passed over.",
    ]);
  });

  it("are recognised whatever lines stand between theirs", () => {
    const multi = forms.filter(([, text]) => text.split("\n").length > 3 && text.length < 2000);
    const stray = fc.constantFrom(
      "hello, world",
      "Result: ok",
      "done.",
      "# a comment",
      "",
      "   ",
      "Progress ... finished",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...multi),
        fc.array(stray, { maxLength: 2 }),
        fc.nat(50),
        ([, text, id, references], strays, at) => {
          const lines = text.trimEnd().split("\n");
          lines.splice(at % (lines.length + 1), 0, ...strays);
          const found = read(bytesOf(lines.join("\r\n")));
          assert.equal(found.id, id);
          assert.equal(found.references, references);
        },
      ),
    );
  });

  it("read units and bases that the user says", () => {
    const text = bytesOf("1000 2000\n3000\n");
    const among = (id: string) => referenceFormats.filter((format) => format.id === id);
    const said = { isFormatSaid: true };
    assert.equal(read(text, said, among("pages")).references, "r3e8000 r7d0000 rbb8000");
    assert.equal(read(text, said, among("addresses")).references, "r3e8 r7d0 rbb8");
    assert.deepEqual(read(text, said, among("addresses")).warnings, []);
    assert.equal(read(text, { base: 16 }).references, "r1000 r2000 r3000");
    assert.equal(read(text, { base: 16 }).text.includes("--base 10 as decimal"), true);
    assert.equal(read(bytesOf("7 0 1\n"), { hasCaches: true }).references, "r7 r0 r1");
    assert.equal(read(bytesOf("7 0 1\n"), { hasCaches: true, ...said }, among("pages")).references, "r7000 r0 r1000");
    assert.equal(read(text, { name: "big.ref" }).references, "r3e8000 r7d0000 rbb8000");
    assert.equal(read(bytesOf("0x7 0x3\n"), said, among("pages")).references, "r7000 r3000");
    assert.equal(read(bytesOf("0 5\n1 6\n"), { name: "a.ref" }).references, "r0 r5000 r1000 r6000");
    assert.equal(read(bytesOf("0 5\n1 6\n")).id, "din");
  });

  it("say where the user has to be asked what numbers are", () => {
    const open = (text: string, name = "a.txt") => openNumbers(bytesOf(text), { name });
    assert.deepEqual(pick(open("5000 300\n")), { unit: "addresses", base: 10, isUnitDoubted: true });
    assert.deepEqual(pick(open("7 0 1\n")), { unit: "pages", base: 10, isUnitDoubted: false });
    assert.deepEqual(pick(open("R 7ffe0010\n W 10\n")), { unit: "addresses", base: 16, isUnitDoubted: false });
    for (const text of ["R 0x10\nW 0x20\n", " L 10,1\n", "a 0 512\nf 0\n", "hello\n", ""])
      assert.equal(open(text), null);
    assert.equal(open("5000 300\n", "a.ref"), null);
  });

  it("take what modifies as one access or as two", () => {
    assert.equal(read(bytesOf("M 20,4\nL 30,4\n")).references, "m20+4 r30+4");
    assert.equal(read(bytesOf("M 20,4\nL 30,4\n"), { modify: "twice" }).references, "r20+4 w20+4 r30+4");
  });

  it("read UTF-16 as what it says", () => {
    for (const encoding of ["utf16le", "utf16be"] as const) {
      for (const mark of ["\ufeff", ""]) {
        const little = Buffer.from(`${mark}R 0x1000 4\r\nW 0x2000 8\r\nR 0x3000 4\r\n`, "utf16le");
        const bytes = encoding === "utf16le" ? little : little.swap16();
        assert.equal(read(bytes).references, "r1000+4 w2000+8 r3000+4");
      }
    }
  });

  const foreign: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
    ["zip", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0]), /a zip archive: .*`unzip`/],
    ["xz", new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0]), /an xz archive/],
    ["zstd", new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), /a zstd archive/],
    ["bzip2", bytesOf("BZh91AY&SY"), /a bzip2 archive/],
    ["7z", new Uint8Array([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), /a 7z archive/],
    ["gzip twice", new Uint8Array([0x1f, 0x8b, 8, 0]), /a gzip archive/],
    ["tar", Buffer.concat([Buffer.alloc(257), Buffer.from("ustar\0")]), /a tar archive/],
    ["perf.data", bytesOf("PERFILE2abc"), /perf script/],
    ["a program", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2]), /a program/],
    [
      "mtrace's report",
      "\nMemory not freed:\n-----------------\n   Address     Size     Caller\n0x01bf9460     0x10  at /tmp/a.c:5\n",
      /report of the `mtrace` command/,
    ],
    ["mtrace's report of nothing", "No memory leaks.\n", /report of the `mtrace` command/],
    ["words", "hello there\n", /line 1, `hello there`, fits none of the formats mtrace, .*addresses/],
    ["a comment, then words", "# a\n\nhello\u0007 there\n", /line 3, `hello\? there`, fits none/],
    ["a trace of allocations", "= Start\n@ a:[0x1] + 0x1000 0x20\n= End\n", /one of allocations \(mtrace\)/],
    ["a script", "heap 1MiB\na = alloc 3\n", /but a script: `memscript run` runs it/],
    ["nothing", "", /empty/],
    ["comments", "# a\n# b\n", /empty/],
  ];
  for (const [what, content, message] of foreign) {
    it(`do not include ${what}`, () => {
      const found = read(typeof content === "string" ? bytesOf(content) : content);
      assert.equal(found.references, "");
      assert.equal(found.problems.length, 1);
      assert.match(found.problems[0], message);
    });
  }

  it("do not take a recorded trace for anything else", () => {
    const trace = gunzipSync(readFileSync(join(__dirname, "../../fixtures/traces/true.lackey.gz")));
    assert.equal(recognise(trace, formats)?.format.id, "lackey");
  });
});
