import assert from "node:assert/strict";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { readRecording, type RecordedOperation } from "../../recordings";

/** Bytes of Conte's control structure, and what the pool has in front of its first payload and behind its last block. */
const control = 0x1988;
const sentinel = 8;

/** Plays the recording's operations; the results are addresses relative to `start`, -1 for null. */
class Player {
  private readonly slots = new Map<number, number>();

  constructor(
    readonly heap: Heap,
    private readonly start: number,
  ) {}

  play({ op, words }: RecordedOperation): number | null {
    const [slot, ...numbers] = words.map((word) => Number(word.replace("#", "")));
    const held = this.slots.get(slot) ?? -1;
    switch (op) {
      case "a":
        return this.put(slot, this.heap.allocate(numbers[0], slot));
      case "c":
        return this.put(slot, this.heap.allocate(numbers[0] * numbers[1], slot));
      case "m":
        return this.put(slot, this.heap.allocate(numbers[1], slot, numbers[0]));
      case "r": {
        const at = held < 0 ? this.heap.allocate(numbers[0], slot) : this.heap.reallocate(held, numbers[0], slot);
        if (at >= 0) this.slots.set(slot, at);
        return at < 0 ? at : at - this.start;
      }
      case "f":
        if (held >= 0) assert.ok(this.heap.free(held));
        this.slots.set(slot, -1);
        return null;
      default:
        throw new Error(`an operation ${op}`);
    }
  }

  private put(slot: number, at: number): number {
    this.slots.set(slot, at);
    return at < 0 ? at : at - this.start;
  }
}

describe("TLSF with header=8 align=8 min=32", () => {
  // A pool of 16 KiB that fills up, one of 64 KiB, and one with large requests.
  for (const name of ["e1", "e10", "e7"]) {
    it(`gives every address of Conte's TLSF 3.1: ${name}`, () => {
      const { start, size, operations } = readRecording(`tlsf-64bit/${name}`);
      const pool = size - control - sentinel;
      const options = { policy: "tlsf", header: 8, align: 8, min: 32, bytes: false } as const;
      const player = new Player(new Heap(defaultHeapOptions("pool", start + control, pool, options)), start);
      for (const [index, operation] of operations.entries()) {
        const got = player.play(operation);
        const { freeBytes, freeBlocks, largestFree } = player.heap.stats();
        const { result, fields, text } = operation;
        const expected = result === null ? null : result === "-" ? -1 : parseInt(result, 16);
        assert.deepEqual(
          [got, freeBytes - 8 * freeBlocks, freeBlocks, Math.max(0, largestFree - 8)],
          [expected, fields["free"], fields["blocks"], fields["largest"]],
          `${index}: ${text}`,
        );
      }
    });
  }
});
