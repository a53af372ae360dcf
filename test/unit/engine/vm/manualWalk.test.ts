import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import type { AccessKind } from "../../../../src/engine/vm/contract";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import { faultCode } from "../../../../src/engine/vm/faultCode";
import { processorModes, type Processor } from "../../../../src/engine/vm/processor";
import { resolveShape, type TableFormatName } from "../../../../src/engine/vm/tableFormats";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";
import { translateSv39, translateX86, type Machine, type Translated } from "./manualWalk";

/** Enough for two pages of 2 MiB and a part of one. */
const frames = 1100;

function makeMemory(name: TableFormatName, physicalBits: number): VirtualMemory {
  const shape = resolveShape({ pageSize: 4096, frames, pages: null, format: name, levels: 1, entryBytes: null });
  if (shape.kind === "bad") throw new Error(shape.refusal.kind);
  const { format, pages } = shape;
  return new VirtualMemory(virtualMemoryOptions({ frames, pages, format, physicalBits }), new EventLog());
}

/** True so many times as often as false. */
const often = (weight: number): fc.Arbitrary<boolean> =>
  fc.nat(99).map((percent) => percent < (100 * weight) / (weight + 1));

/** A word of an entry: mostly a good one, so that walks come far. `frameBit` is the lowest of the frame number. */
function wordOf(frameBit: number, low: fc.Arbitrary<bigint>, tableFrames: readonly number[]): fc.Arbitrary<bigint> {
  const frame = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...tableFrames) },
    { weight: 3, arbitrary: fc.constantFrom(0, 512, 1024) },
    { weight: 2, arbitrary: fc.nat(frames + 20) },
  );
  const stray = fc.oneof(
    { weight: 12, arbitrary: fc.constant(0n) },
    { weight: 1, arbitrary: fc.nat(63).map((k) => 1n << BigInt(k)) },
  );
  const executable = often(3).map((is) => (is ? 0n : 1n << 63n));
  const top = frameBit === 12 ? executable : fc.constant(0n);
  return fc
    .tuple(frame, low, stray, top)
    .map(([f, bits, extra, nx]) => (BigInt(f) << BigInt(frameBit)) | bits | extra | nx);
}

const bitsFrom = (weights: readonly (readonly [position: number, weight: number])[]): fc.Arbitrary<bigint> =>
  fc
    .tuple(...weights.map(([position, weight]) => often(weight).map((is) => (is ? 1n << BigInt(position) : 0n))))
    .map((parts) => parts.reduce((sum, part) => sum | part, 0n));

const x86Low = bitsFrom([
  [0, 12],
  [1, 2],
  [2, 2],
  [5, 1],
  [6, 1],
  [7, 0.3],
  [8, 0.2],
]);
const x86Pointer = bitsFrom([
  [0, 15],
  [1, 5],
  [2, 5],
  [5, 1],
]);
/** V, then R W X as leaves and pointers have them, and the rest. */
const riscvLow = fc
  .tuple(
    bitsFrom([
      [0, 12],
      [4, 1],
      [5, 0.3],
      [6, 2],
      [7, 1],
    ]),
    fc.constantFrom(0n, 0b0010n, 0b0110n, 0b1000n, 0b1010n, 0b1110n, 0b0100n),
  )
  .map(([rest, rwx]) => rest | rwx);
const riscvPointer = bitsFrom([
  [0, 15],
  [5, 0.2],
  [6, 0.1],
]);

const processor: fc.Arbitrary<Processor> = fc.record({
  mode: fc.constantFrom(...processorModes),
  wp: fc.boolean(),
  smep: fc.boolean(),
  smap: fc.boolean(),
  ac: fc.boolean(),
  sum: fc.boolean(),
  mxr: fc.boolean(),
  svade: fc.boolean(),
});

const kinds: readonly (AccessKind | null)[] = ["read", "write", "execute", null];

interface Case {
  readonly mapped: readonly { readonly page: number; readonly flags: number }[];
  readonly written: readonly {
    readonly page: number;
    readonly height: number;
    readonly word: bigint;
    readonly pointer: bigint;
    readonly asPointer: boolean;
  }[];
  readonly accesses: readonly {
    readonly page: number;
    readonly offset: number;
    readonly kind: AccessKind | null;
    readonly cpu: Processor;
    readonly outside: boolean;
  }[];
  readonly physicalBits: number;
}

/** Pages whose indices are 0 or 1 in each table, so that entries are walked again and again. */
function pagesOf(levels: number): fc.Arbitrary<number> {
  return fc
    .tuple(...Array.from({ length: levels }, () => fc.nat(1)))
    .map((indices) => indices.reduce((page, index) => page * 512 + index, 0));
}

function caseOf(
  levels: number,
  frameBit: number,
  low: fc.Arbitrary<bigint>,
  pointerLow: fc.Arbitrary<bigint>,
): fc.Arbitrary<Case> {
  // The tables of the operating system are in the highest frames.
  const tables = Array.from({ length: 2 * levels }, (_, k) => frames - 1 - k);
  const page = pagesOf(levels);
  return fc.record({
    mapped: fc.array(fc.record({ page, flags: fc.nat(15) }), { maxLength: 4 }),
    written: fc.array(
      fc.record({
        page,
        height: fc.nat(levels - 1),
        word: wordOf(frameBit, low, tables),
        pointer: wordOf(frameBit, pointerLow, tables),
        asPointer: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    accesses: fc.array(
      fc.record({
        page,
        offset: fc.nat(4095),
        kind: fc.constantFrom(...kinds),
        cpu: processor,
        outside: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    physicalBits: fc.constantFrom(32, 40, 52),
  });
}

function wordAt(memory: VirtualMemory, address: bigint): bigint {
  return memory.tables.wordAt(Number(address));
}

type Answer = { readonly pa: bigint } | Extract<Translated, { readonly fault: string }>;

/** How the engine's answer reads in the words of the manuals. */
function answerOf(memory: VirtualMemory, address: number, kind: AccessKind | null): Answer {
  const isPresent = memory.checked.isPresent(memory.current, Math.floor(address / 4096));
  const outcome = kind === null ? memory.reference(address) : memory.access(address, kind);
  if (outcome.reason === "none") return { pa: BigInt(outcome.physical) };
  const { name } = memory.options.format;
  const code = faultCode(outcome, kind, isPresent, memory.checked.processor, name);
  const isX86 = name !== "sv39";
  const isBeyond = outcome.reason === "bad-entry" && outcome.refusal.kind === "beyond-memory";
  const fault =
    outcome.reason === "non-canonical" && isX86 ? "general-protection" : isBeyond && !isX86 ? "access" : "page";
  return { fault, code: code === null ? null : code.kind === "x86" ? code.errorCode : code.cause };
}

function check(name: TableFormatName, levels: number, { mapped, written, accesses, physicalBits }: Case): void {
  const memory = makeMemory(name, physicalBits);
  for (const { page, flags } of mapped) memory.map(page, flags);
  for (const { page, height, word, pointer, asPointer } of written) {
    memory.checked.writeEntry(memory.current, page, levels - 1 - height, () =>
      asPointer && height > 0 ? pointer : word,
    );
  }
  for (const { page, offset, kind, cpu, outside } of accesses) {
    memory.checked.useProcessor(cpu);
    const root = memory.current.tree.node(0, 0);
    if (root === undefined) return;
    const address = page * 4096 + offset + (outside && name !== "x86-64-5" ? 2 ** (11 + 9 * levels) : 0);
    const machine: Machine = { memory: memory.physical, root: root.frame, frames, maxphyaddr: physicalBits, cpu };
    const expected =
      name === "sv39"
        ? translateSv39(machine, BigInt(address), kind)
        : translateX86(machine, BigInt(address), levels, kind);
    const isRefused = kind !== null && memory.refuse(address, 1, kind) !== null;
    const found = answerOf(memory, address, kind);
    if ("pa" in expected) {
      assert.deepEqual(found, { pa: expected.pa });
      assert.equal(isRefused, false);
      for (const [at, word] of expected.stores)
        assert.equal(wordAt(memory, at), word, `the word at ${at.toString(16)}`);
    } else {
      assert.deepEqual(found, kind === null ? { ...expected, code: null } : expected);
      assert.ok(isRefused || kind === null);
    }
    assert.deepEqual(memory.checkInvariants(), []);
  }
}

describe("walks against the manuals' pseudo-code, over tables written by hand", () => {
  const x86 = (levels: number) => caseOf(levels, 12, x86Low, x86Pointer);

  it("x86-64: error codes, permissions of all levels, reserved bits, accessed and dirty bits", () => {
    fc.assert(
      fc.property(x86(4), (one) => check("x86-64", 4, one)),
      { numRuns: 2500 },
    );
  });

  it("x86-64 with five levels", () => {
    fc.assert(
      fc.property(x86(5), (one) => check("x86-64-5", 5, one)),
      { numRuns: 800 },
    );
  });

  it("sv39: causes, U, SUM, MXR, misaligned superpages, Svade", () => {
    fc.assert(
      fc.property(caseOf(3, 10, riscvLow, riscvPointer), (one) => check("sv39", 3, one)),
      { numRuns: 2500 },
    );
  });
});
