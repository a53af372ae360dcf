import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { messageOf } from "../../../src/machine/problems/Problem";
import { englishWords } from "../../../src/language/Words";
import { allocationFormats, formats } from "../../../src/trace/formats";
import { OperationBatch } from "../../../src/trace/operations";
import { recognise } from "../../../src/trace/recognise";
import { ScriptConverter } from "../../../src/trace/toScript";
import { TraceReader } from "../../../src/trace/TraceReader";
import { runScript } from "../machine/runScript";
import { bytesOf, replayBytes } from "../replay/traces";

const folder = join(__dirname, "../../fixtures/traces");

interface Recorded {
  readonly format: string;
  /** Allocations, reallocations, frees and requests that the program was refused. */
  readonly counts: readonly [number, number, number, number];
  /** Bytes that are never freed, by call site. */
  readonly live: Readonly<Record<string, number>>;
  /** Lines, from 1, of operations that the recorded program got wrong or the log does not explain. */
  readonly refused?: readonly number[];
  readonly strays?: number;
}

/** One program (`words.c`) recorded by several tools, and forms that people write. */
const recorded: Readonly<Record<string, Recorded>> = {
  "words.ltrace": { format: "ltrace", counts: [14, 4, 14, 1], live: { "[0x4011f0]": 5 } },
  "words.uftrace": { format: "uftrace", counts: [14, 4, 14, 1], live: { copy: 5 } },
  "words-dump.uftrace": { format: "uftrace", counts: [14, 4, 14, 1], live: { copy: 5 } },
  "words.heaptrack": {
    format: "heaptrack",
    counts: [21, 0, 18, 0],
    live: {
      "calloc (../include/rtld-malloc.h:44) < __GI__dl_allocate_tls (../elf/dl-tls.c:670) < allocate_stack (./nptl/allocatestack.c:423)": 640,
      "__GI___strdup (./string/strdup.c:42) < add (/home/ada/words.c:8) < main (/home/ada/words.c:31)": 5,
    },
  },
  "words-raw.heaptrack": {
    format: "heaptrack",
    counts: [21, 0, 18, 0],
    live: {
      "/lib64/ld-linux-x86-64.so.2[0x10cb2] < /lib64/ld-linux-x86-64.so.2[0x1171d] < /lib/x86_64-linux-gnu/libc.so.6[0x89dae]": 640,
      "/lib/x86_64-linux-gnu/libc.so.6[0x9e9a9] < /home/ada/words[0x4011ef] < /home/ada/words[0x40134c]": 5,
    },
  },
  "words.heaptrace": { format: "heaptrace", counts: [3, 1, 3, 1], live: { "": 16 }, refused: [10], strays: 1 },
  "words.memory_replay": { format: "memory-replay", counts: [5, 1, 5, 1], live: { "": 64 } },
  "plain.ltrace": { format: "ltrace", counts: [2, 1, 2, 0], live: {} },
  "words-valgrind.ltrace": { format: "ltrace", counts: [16, 4, 127, 1], live: { "": 5 } },
  "nested.ltrace": {
    format: "ltrace",
    counts: [16, 4, 22, 1],
    live: { "": 549 },
    // What a thread's end frees was allocated inside of the library, where ltrace does not look.
    refused: [32, 33, 42, 43],
  },
  "wrapper.ltrace": { format: "ltrace", counts: [6, 0, 5, 1], live: { "": 64 }, strays: 1 },
  "huge-failures.mtrace": { format: "mtrace", counts: [1, 0, 1, 1], live: {} },
  "comments.rep": { format: "rep", counts: [2, 1, 2, 0], live: {} },
  "csapp-heap.rep": { format: "rep", counts: [2, 0, 2, 0], live: {} },
};

function converted(bytes: Uint8Array): string {
  const converter = new ScriptConverter("trace");
  converter.feed(bytes);
  const conversion = converter.finish();
  assert.ok(conversion.ok);
  return [...conversion.lines].join("\n");
}

describe("logs of allocations", () => {
  for (const [name, { format, counts, live, refused = [], strays = 0 }] of Object.entries(recorded)) {
    const bytes = readFileSync(join(folder, name));

    it(`${name} is recognised among all formats, and replayed`, () => {
      const found = recognise(bytes, formats);
      assert.deepEqual([found?.format.id, found?.isSure], [format, true]);
      const { report } = replayBytes(bytes);
      const { allocate, reallocate, free, failed } = report.counts;
      assert.deepEqual([allocate, reallocate, free, failed], counts);
      assert.deepEqual(
        report.refused.map(({ line }) => line + 1),
        refused,
      );
      assert.deepEqual(report.problems, []);
      assert.equal(report.reading?.strays.count, strays);
      assert.deepEqual(Object.fromEntries(report.live.map(({ site, bytes: sum }) => [site ?? "", sum])), live);
    });

    it(`${name} runs as a script as it is replayed, and the leaks have their call sites`, () => {
      const { report } = replayBytes(bytes);
      const { machine, problems } = runScript(converted(bytes));
      const leaks = problems.filter(({ id }) => id === "leak");
      assert.equal(problems.length, leaks.length);
      assert.deepEqual(machine.state.heaps.get("heap")?.stats(), report.stats);
      const said = leaks.map((leak) => messageOf(leak, englishWords)).join("\n");
      for (const site of Object.keys(live)) assert.ok(site === "" || said.includes(`allocated at ${site}, is`), said);
    });
  }

  it("keep their threads in the script", () => {
    const script = converted(readFileSync(join(folder, "words.ltrace"))).split("\n");
    assert.equal(script[2], "# Threads: 4324 (where a line names none), 4325, 4326.");
    assert.ok(script.includes("free b[10]  # thread 4326"));
    assert.ok(script.includes("b[10] = alloc 48  # thread 4326 @ [0x4012ed]"));
    const empty = converted(bytesOf("1 malloc(8) = 0x10\n2 [0x40] malloc(0) = 0x20\n")).split("\n");
    assert.equal(empty.at(-1), "b[1] = alloc 1  # asked for 0, thread 2 @ [0x40]");
  });
});

/** Operations of a trace as text: kind, block, old block, size, thread. */
function operationsOf(text: string): string[] {
  const reader = new TraceReader(allocationFormats);
  const batch = new OperationBatch();
  reader.feed(bytesOf(text), batch);
  reader.finish(batch);
  assert.deepEqual(reader.problems, [], text);
  return Array.from({ length: batch.length }, (_, k) =>
    ["arf!"[batch.kinds[k]], batch.blocks[k], batch.olds[k], batch.sizes[k], batch.threads[k]].join(" "),
  );
}

interface Call {
  readonly name: "malloc" | "realloc" | "free";
  readonly block: number;
  readonly old: number;
  readonly size: number;
}

/** What programs do: each block is new when it is allocated, and resizes and frees are of live ones. */
const calls: fc.Arbitrary<Call[]> = fc
  .array(fc.record({ what: fc.nat(3), which: fc.nat(1000), size: fc.integer({ min: 1, max: 5000 }) }), {
    minLength: 3,
    maxLength: 40,
  })
  .map((steps) => {
    const live: number[] = [];
    return steps.map(({ what, which, size }, at): Call => {
      const block = 0x55a0_0000_1000 + at * 0x100;
      const index = which % Math.max(1, live.length);
      if (what < 2 || live.length === 0) {
        live.push(block);
        return { name: "malloc", block, old: -1, size };
      }
      const [old] = live.splice(index, 1, ...(what === 2 ? [block] : []));
      return what === 2 ? { name: "realloc", block, old, size } : { name: "free", block: old, old: -1, size: 0 };
    });
  });

const hex = (value: number): string => `0x${value.toString(16)}`;

/** How each tool writes a call. */
const written: Readonly<Record<string, (call: Call) => string>> = {
  mtrace: ({ name, block, old, size }) =>
    name === "malloc"
      ? `+ ${hex(block)} ${hex(size)}`
      : name === "free"
        ? `- ${hex(block)}`
        : `< ${hex(old)}\n> ${hex(block)} ${hex(size)}`,
  ltrace: ({ name, block, old, size }) =>
    name === "malloc"
      ? `malloc(${size}) = ${hex(block)}`
      : name === "free"
        ? `free(${hex(block)}) = <void>`
        : `realloc(${hex(old)}, ${size} <unfinished ...>\nmalloc(${size}) = ${hex(block)}\n<... realloc resumed> ) = ${hex(block)}`,
  uftrace: ({ name, block, old, size }) =>
    name === "malloc"
      ? `   1.2 us [  7] |   malloc(${size}) = ${hex(block)};`
      : name === "free"
        ? `            [  7] |   free(${hex(block)}) {\n   0.1 us [  7] |   } /* free */`
        : `   1.2 us [  7] |   realloc(${hex(old)}, ${size}) = ${hex(block)};`,
  memoryReplay: ({ name, block, old, size }) =>
    name === "malloc"
      ? `7: malloc ${hex(block)} ${size} 10 20`
      : name === "free"
        ? `7: free ${hex(block)}`
        : `7: realloc ${hex(block)} ${hex(old)} ${size}`,
};

describe("an allocation log", () => {
  for (const [tool, line] of Object.entries(written)) {
    it(`says the same in every form: ${tool}`, () => {
      fc.assert(
        fc.property(calls, (made) => {
          const thread = tool === "uftrace" || tool === "memoryReplay" ? 7 : -1;
          const expected = made.map(({ name, block, old, size }) =>
            [name[0].replace("m", "a"), block, old, size, thread].join(" "),
          );
          assert.deepEqual(operationsOf(`${made.map(line).join("\n")}\n`), expected);
        }),
        { numRuns: 50 },
      );
    });
  }

  it("says the same in every form: raw heaptrack, where a resize is a free and an allocation", () => {
    const lines = ["v 10400 3", "+ 20 0 1000", "+ 8 0 2000", "- 1000", "+ ff 0 1000", "- 2000", "- 1000"];
    assert.deepEqual(operationsOf(`${lines.join("\n")}\n`), [
      "a 4096 -1 32 -1",
      "a 8192 -1 8 -1",
      "f 4096 -1 0 -1",
      "a 4096 -1 255 -1",
      "f 8192 -1 0 -1",
      "f 4096 -1 0 -1",
    ]);
  });

  for (const [what, text, operations] of [
    ["no header", "a 0 8\nf 0\n", ["a 0 -1 8 -1", "f 0 -1 0 -1"]],
    ["a header of one", "4096\na 0 8\nf 0\n", ["a 0 -1 8 -1", "f 0 -1 0 -1"]],
    ["a header of three", "1\n1\n1\na 0 8\nf 0\n", ["a 0 -1 8 -1", "f 0 -1 0 -1"]],
    ["a header on one line", "4096 1 2 1\na 0 8\nf 0\n", ["a 0 -1 8 -1", "f 0 -1 0 -1"]],
    ["writes", "1\n3\na 0 8\nw 0 8\nf 0\n", ["a 0 -1 8 -1", "f 0 -1 0 -1"]],
    ["zeroed blocks", "c 0 8\nc 1 4 16\nf 0\nf 1\n", ["a 0 -1 8 -1", "a 1 -1 64 -1", "f 0 -1 0 -1", "f 1 -1 0 -1"]],
    ["a third column", "a 0 8 16\nr 0 9 16\nf 0 3\n", ["a 0 -1 8 -1", "r 0 0 9 -1", "f 0 -1 0 -1"]],
    ["comments", "// one\n; two\na 0 8 # three\n% four\nf 0// five\n", ["a 0 -1 8 -1", "f 0 -1 0 -1"]],
  ] as const) {
    it(`of a malloc lab has ${what}`, () => assert.deepEqual(operationsOf(text), operations));
  }

  for (const size of ["0xffffffffffffffff", "0x20000000000001", "0x10"]) {
    it(`has requests of any size that failed: ${size}`, () => {
      const failed = Number(size);
      assert.deepEqual(operationsOf(`+ (nil) ${size}\n+ 0 ${size}\n! 0x10 ${size}\n`), [
        `! -1 -1 ${failed} -1`,
        `! -1 -1 ${failed} -1`,
        `! 16 -1 ${failed} -1`,
      ]);
      assert.deepEqual(operationsOf(`malloc(${failed < 2 ** 53 ? failed : "-1"}) = 0\nfree(0)\n`).length, 2);
    });
  }

  it("gives a block free when its free begins, and to another thread before that returns", () => {
    const text = `1 malloc(8) = 0x10
1 free(0x10 <unfinished ...>
2 malloc(8) = 0x10
1 <... free resumed> ) = <void>
2 free(0x10) = <void>
`;
    assert.deepEqual(operationsOf(text), ["a 16 -1 8 1", "f 16 -1 0 1", "a 16 -1 8 2", "f 16 -1 0 2"]);
  });

  it("has the thread in any of the forms that tracers write", () => {
    const forms = [
      "[pid 7] ",
      "7 ",
      "7: ",
      "[7] ",
      "--7-- ",
      "words[7] ",
      "words-7: ",
      "words/7 ",
      "words 7 ",
      "a tid=7 ",
    ];
    for (const before of forms) {
      assert.deepEqual(operationsOf(`${before}malloc(8) = 0x10\n${before}free(0x10) = <void>\n`), [
        "a 16 -1 8 7",
        "f 16 -1 0 7",
      ]);
    }
    for (const before of ["12:30:01 ", "12:30:01.5 ", "1700000000.25 ", "words->", "  0.000120 "])
      assert.deepEqual(operationsOf(`${before}malloc(8) = 0x10\n`), ["a 16 -1 8 -1"], before);
  });

  it("has Valgrind's requests inside of others, and results on lines of their own", () => {
    const text = `==9== Memcheck
--9-- realloc(0x0,8)malloc(8) = 0x10
--9-- _ZnwmSt11align_val_t(size 64, al 32) = 0x20
--9-- malloc(18446744073709551516)Argument 'size' of function malloc has a fishy (possibly negative) value: -100
==9==    at 0x48417B4: malloc (in /usr/libexec/valgrind/vgpreload_memcheck-amd64-linux.so)
--9--  = 0x0
--9-- _ZdlPvSt11align_val_t(0x20)
--9-- free(0x10)
`;
    const huge = 2 ** 64 - 100;
    assert.deepEqual(operationsOf(text), [
      "a 16 -1 8 9",
      "a 32 -1 64 9",
      `! -1 -1 ${huge} 9`,
      "f 32 -1 0 9",
      "f 16 -1 0 9",
    ]);
  });

  it("is read the same however it is cut, whatever its lines are", () => {
    const pieces = Object.keys(recorded).flatMap((name) =>
      readFileSync(join(folder, name), "latin1")
        .split("\n")
        .map((line) => `${line}\n`),
    );
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 30 })), { maxLength: 40 })
      .map((parts) => Uint8Array.from(parts.join(""), (letter) => letter.charCodeAt(0)));
    const read = (bytes: Uint8Array, format: (typeof allocationFormats)[number], cut: number): unknown => {
      const reader = new TraceReader([format]);
      const batch = new OperationBatch();
      reader.feed(bytes.slice(0, cut), batch);
      reader.feed(bytes.slice(cut), batch);
      reader.finish(batch);
      return [batch, reader.problems, reader.sites];
    };
    fc.assert(
      fc.property(text, fc.constantFrom(...allocationFormats), fc.nat(2000), (bytes, format, cut) => {
        assert.deepEqual(read(bytes, format, cut), read(bytes, format, 0));
      }),
      { numRuns: 300 },
    );
  });

  it("names the call that it does not end", () => {
    const { report } = replayBytes(bytesOf("malloc(8) = 0x10\nmalloc(9 <unfinished ...>\n"));
    assert.deepEqual(report.problems, [
      { line: 1, message: "The call of malloc began here, but the log ends before its result." },
    ]);
  });
});
