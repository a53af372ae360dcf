import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { heapPolicies } from "../../../src/engine/heap/options";
import { coalesceModes, listOrders } from "../../../src/engine/heap/placementOptions";
import { refusedOperationText } from "../../../src/machine/replay/refusals";
import type { ReplayedOperation } from "../../../src/machine/replay/report";
import { bytesOf, replayBytes, traceBytes } from "./traces";

/** What a plain model says is live at the end of an mtrace: bytes by site. */
function naiveLive(bytes: Uint8Array): { blocks: number; bytes: number; peak: number; sites: Map<string, number> } {
  const blocks = new Map<string, { site: string; size: number }>();
  let old = "";
  let used = 0;
  let peak = 0;
  const drop = (pointer: string): void => {
    used -= blocks.get(pointer)?.size ?? 0;
    blocks.delete(pointer);
  };
  for (const line of Buffer.from(bytes).toString().split("\n")) {
    const [, site, op, pointer, size] = line.split(" ");
    if (op === "<") old = pointer!;
    else if (op === "-") drop(pointer);
    else if (op === "+" || op === ">") {
      if (op === ">") drop(old);
      blocks.set(pointer, { site: site, size: Number(size) });
      used += Number(size);
      peak = Math.max(peak, used);
    }
  }
  const sites = new Map<string, number>();
  for (const { site, size } of blocks.values()) sites.set(site, (sites.get(site) ?? 0) + size);
  return { blocks: blocks.size, bytes: used, peak, sites };
}

describe("Replay", () => {
  it("plays the trace of sqlite with every free accepted and nothing live at the end", () => {
    const { report, replay } = replayBytes(traceBytes("sqlite"));
    assert.deepEqual(report.counts, { allocate: 2361, reallocate: 53, free: 2361, failed: 0 });
    assert.deepEqual([report.format?.id, report.operations], ["mtrace", 4775]);
    assert.deepEqual([report.refusedCount, report.problemCount, report.liveBlocks], [0, 0, 0]);
    assert.deepEqual(report.live, []);
    const { usedBlocks, currentUsed, freeBlocks, freeBytes, heapBytes, peakUsed } = report.stats;
    assert.deepEqual([usedBlocks, currentUsed, freeBlocks, freeBytes], [0, 0, 1, heapBytes]);
    assert.equal(peakUsed, naiveLive(traceBytes("sqlite")).peak);
    assert.deepEqual(replay.heap.checkInvariants(), []);
  });

  for (const name of ["ls", "cc1"]) {
    it(`plays the trace of ${name} with every free accepted and its leaks by allocation site`, () => {
      const bytes = traceBytes(name);
      const { report, replay } = replayBytes(bytes);
      assert.deepEqual([report.refused, report.problems], [[], []]);
      const expected = naiveLive(bytes);
      assert.ok(expected.blocks > 0);
      assert.equal(report.liveBlocks, expected.blocks);
      assert.equal(report.liveBytes, expected.bytes);
      assert.equal(report.stats.usedBlocks, expected.blocks);
      assert.deepEqual(
        new Map(report.live.map(({ site, bytes: sum }) => [site!.split(" ").at(-1)!, sum])),
        expected.sites,
      );
      const sums = report.live.map((site) => site.bytes);
      assert.deepEqual(
        sums,
        [...sums].sort((x, y) => y - x),
      );
      assert.deepEqual(replay.heap.checkInvariants(), []);
    });
  }

  it("leaves 2,302 blocks of the compiler live", () => {
    assert.equal(replayBytes(traceBytes("cc1")).report.liveBlocks, 3558 - 1256);
  });

  for (const policy of heapPolicies) {
    for (const order of listOrders) {
      it(`plays sqlite under ${policy} with the list in order ${order}, merging in each mode`, function () {
        for (const coalesce of coalesceModes) {
          const { report, replay } = replayBytes(traceBytes("sqlite"), { policy, order, coalesce, header: 8, min: 16 });
          assert.deepEqual([report.refused, report.stats.usedBlocks], [[], 0], coalesce);
          assert.deepEqual([report.stats.allocations, report.stats.currentUsed], [2361, 0], coalesce);
          assert.deepEqual(replay.heap.checkInvariants(), [], coalesce);
        }
      });
    }
  }

  it("gives the same report however the bytes are cut", () => {
    const bytes = traceBytes("sqlite").slice(0, 20_000);
    const whole = replayBytes(bytes).report;
    assert.ok(whole.liveBlocks > 0);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 30 }), (cuts) => {
        assert.deepEqual(replayBytes(bytes, {}, null, cuts).report, whole);
      }),
      { numRuns: 50 },
    );
  });

  it("starts at 64 KiB with the language's headers and grows, unless told otherwise", () => {
    const { replay } = replayBytes(bytesOf("a 0 100000\n"));
    const { size, grow, max, header, align, bytes, base } = replay.heap.options;
    assert.deepEqual([size, grow, max, header, align, bytes, base], [65536, 65536, 2 ** 46, 32, 8, false, 65536]);
    assert.ok(replay.heap.stats().heapBytes > 100_000);
    const fixed = replayBytes(bytesOf("a 0 100000\nf 0\n"), { grow: 0, header: 8 });
    assert.deepEqual([fixed.replay.heap.options.max, fixed.replay.heap.options.header], [65536, 8]);
    assert.deepEqual(fixed.report.refused, [
      { line: 0, op: "alloc", refusal: { kind: "no-room", size: 100_000, failure: "out-of-memory" } },
    ]);
  });

  const never = "the trace never allocated it";
  const hazards: readonly (readonly [what: string, text: string, refused: readonly string[], live: string])[] = [
    ["a resize of an id that never lived allocates", "r 0 8\nf 0\n", [], ""],
    ["a resize of a freed id allocates", "a 0 8\nf 0\nr 0 16\n", [], "16"],
    ["a resize to 0 frees", "a 0 8\nr 0 0\na 0 4\n", [], "4"],
    ["a request of 0 bytes is a block", "a 0 0\nf 0\n", [], ""],
    ["a free of null is accepted", "f -1\na 0 8\nf 0\nf -1\n", [], ""],
    ["an unknown free", "a 0 8\nf 7\nf 0\n", [`2 free: cannot free it: ${never}.`], ""],
    ["a second free", "a 0 8\nf 0\nf 0\n", ["3 free: cannot free it: it was freed already, by line 2."], ""],
    [
      "an id handed out while live",
      "a 0 8\na 0 24\n",
      ["2 alloc: the block is handed out again while it is live (since line 1); freed first."],
      "24",
    ],
    [
      "a resize that moves onto a live block",
      "@ p + 0x10 0x8\n@ p + 0x20 0x8\n@ p < 0x10\n@ p > 0x20 0x30\n@ p - 0x20\n",
      ["4 realloc: the block is handed out again while it is live (since line 2); freed first."],
      "",
    ],
    [
      "a resize of an unknown address",
      "@ p < 0x10\n@ p > 0x20 0x30\n@ p - 0x20\n",
      [`2 realloc: cannot resize the old block, taken as an allocation: ${never}.`],
      "",
    ],
    [
      "the old address after a move",
      "@ p + 0x10 0x8\n@ p < 0x10\n@ p > 0x20 0x30\n@ p - 0x10\n",
      ["4 free: cannot free it: it was freed already, by line 3."],
      "48",
    ],
    ["what the recorded program was refused", "@ p + 0x10 0x8\n@ p ! 0x10 0xffffffff\n@ p - 0x10\n", [], ""],
    [
      "a size beyond all memory, and its free",
      "a 0 9007199254740991\nf 0\n",
      ["1 alloc: the heap has no room for 9007199254740991 bytes (out-of-memory)."],
      "",
    ],
    [
      "a resize beyond all memory keeps the block",
      "a 0 8\nr 0 9007199254740991\nr 0 16\nf 0\n",
      ["2 realloc: the heap has no room for 9007199254740991 bytes (out-of-memory)."],
      "",
    ],
  ];
  for (const [what, text, refused, live] of hazards) {
    it(`copes with ${what}`, () => {
      const { report, replay } = replayBytes(bytesOf(text));
      assert.deepEqual(
        report.refused.map((each) => `${each.line + 1} ${refusedOperationText(each)}`),
        refused,
      );
      assert.equal(report.live.map((site) => String(site.bytes)).join(" "), live);
      assert.equal(report.stats.usedBlocks, report.liveBlocks);
      assert.deepEqual(replay.heap.checkInvariants(), []);
    });
  }

  it("keeps the first thousand refusals and counts all", () => {
    const { report } = replayBytes(bytesOf("f 3\n".repeat(1500)));
    assert.deepEqual([report.refused.length, report.refusedCount], [1000, 1500]);
  });

  it("tells what is wrong with the text", () => {
    const { report } = replayBytes(bytesOf("this is no trace\n"));
    assert.deepEqual([report.format, report.problemCount, report.operations], [null, 1, 0]);
  });

  it("keeps its accounts on random traces", () => {
    const operation = fc.tuple(fc.constantFrom("a", "r", "f"), fc.integer({ min: 0, max: 9 }), fc.nat(300));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 80 }), fc.constantFrom(...heapPolicies), (operations, policy) => {
        const lines = operations.map(([op, id, size]) => (op === "f" ? `f ${id}` : `${op} ${id} ${size}`));
        const { report, replay } = replayBytes(bytesOf(`${lines.join("\n")}\n`), { policy });
        const live = new Map<number, number>();
        for (const [op, id, size] of operations) {
          if (op === "f" || (op === "r" && size === 0 && live.has(id))) live.delete(id);
          else live.set(id, size);
        }
        assert.equal(report.liveBlocks, live.size);
        assert.equal(
          report.liveBytes,
          [...live.values()].reduce((sum, size) => sum + size, 0),
        );
        assert.equal(report.stats.usedBlocks, live.size);
        assert.deepEqual(replay.heap.checkInvariants(), []);
      }),
      { numRuns: 200 },
    );
  });

  it("tells each operation when asked", () => {
    const told: ReplayedOperation[] = [];
    replayBytes(bytesOf("a 0 100\nr 0 50\nf 0\nf 0\nf -1\n"), {}, (operation) => told.push(operation));
    const address = 65536 + 32;
    const plain = { size: 0, searched: 0, refusal: null, ok: true, isRefused: false };
    assert.deepEqual(told, [
      { ...plain, step: 1, line: 0, op: "alloc", address, size: 100, searched: 1 },
      { ...plain, step: 2, line: 1, op: "realloc", address, size: 50, searched: told[1].searched },
      { ...plain, step: 3, line: 2, op: "free", address },
      {
        ...plain,
        step: 4,
        line: 3,
        op: "free",
        address: null,
        ok: false,
        refusal: { kind: "already-freed", isFree: true, line: 2 },
      },
      { ...plain, step: 5, line: 4, op: "free", address: null },
    ]);
  });
});
