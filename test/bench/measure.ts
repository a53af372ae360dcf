import type { BenchAllocator, CreateAllocator } from "./allocators/contract";
import { median } from "./statistics";
import { ALLOCATE, FREE, type Workload } from "./workloads/Workload";

/** How long to measure one allocator on one workload, in milliseconds. */
export interface MeasureBudget {
  /** Replays before the ones that count take this long, and so do the ones that count. */
  readonly warm: number;
  /** A single replay is cut off after this; then what it did until there counts, which favours an allocator that slows down. */
  readonly most: number;
}

export interface Measured {
  /** Nanoseconds of one timed operation. */
  readonly nanoseconds: number;
  /** Whether one replay would have taken too long, so that the figure is a lower bound. */
  readonly isCut: boolean;
}

/** Operations between two looks at the clock. */
const slice = 16_384;

/** Does the operations of the half-open range. This loop is all that is timed. */
export function replay(
  workload: Workload,
  allocator: BenchAllocator,
  pointers: Float64Array,
  from: number,
  to: number,
): void {
  const { kinds, slots, sizes } = workload;
  for (let index = from; index < to; index++) {
    const slot = slots[index];
    switch (kinds[index]) {
      case ALLOCATE:
        pointers[slot] = allocator.allocate(sizes[index]);
        break;
      case FREE:
        allocator.free(pointers[slot]);
        break;
      default:
        pointers[slot] = allocator.reallocate(pointers[slot], sizes[index]);
    }
  }
}

/**
 * Median of whole replays on one allocator, which each of them leaves empty, after warming up. An allocator that loses
 * memory over many replays is made anew when it refuses; one that refuses at once is an error.
 */
export function measure(create: CreateAllocator, workload: Workload, budget: MeasureBudget): Measured {
  let allocator = create(workload.arena);
  let isFresh = true;
  const pointers = new Float64Array(workload.slotCount);
  const began = process.hrtime.bigint();
  const counted: number[] = [];
  let isWarm = false;
  for (;;) {
    const once = replayOnce(workload, allocator, pointers, budget.most);
    const spent = milliseconds(began);
    if (once.isCut) return once;
    if (pointers.some((pointer) => pointer <= 0)) {
      if (isFresh) throw new Error(`A request of ${workload.name} was refused.`);
      allocator = create(workload.arena);
      isFresh = true;
      continue;
    }
    isFresh = false;
    if (isWarm) counted.push(once.nanoseconds);
    if (counted.length >= 3 && spent >= 2 * budget.warm) break;
    // Slow ones are warm after one replay and need no three more.
    if (spent > 4 * budget.warm + budget.most / 4) {
      if (counted.length === 0) counted.push(once.nanoseconds);
      break;
    }
    isWarm ||= spent >= budget.warm;
  }
  return { nanoseconds: median(counted), isCut: false };
}

function replayOnce(workload: Workload, allocator: BenchAllocator, pointers: Float64Array, most: number): Measured {
  const { from, to } = workload.timed;
  const began = process.hrtime.bigint();
  for (let start = 0; start < from; start += slice) {
    replay(workload, allocator, pointers, start, Math.min(start + slice, from));
    if (milliseconds(began) > most) return { nanoseconds: (milliseconds(began) * 1e6) / (start + slice), isCut: true };
  }
  const timed = process.hrtime.bigint();
  for (let start = from; start < to; start += slice) {
    replay(workload, allocator, pointers, start, Math.min(start + slice, to));
    const spent = milliseconds(timed);
    const isLast = start + slice >= to;
    if (!isLast && spent > most) return { nanoseconds: (spent * 1e6) / (start + slice - from), isCut: true };
    if (isLast) {
      replay(workload, allocator, pointers, to, workload.kinds.length);
      return { nanoseconds: (spent * 1e6) / (to - from), isCut: false };
    }
  }
  return { nanoseconds: 0, isCut: false };
}

function milliseconds(since: bigint): number {
  return Number(process.hrtime.bigint() - since) / 1e6;
}
