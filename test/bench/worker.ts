/** One allocator on one workload in a process of its own, so that call sites stay monomorphic. Prints nanoseconds an operation. */
import { loadAllocator, type BenchAllocator } from "./allocators";
import { loadWorkload } from "./catalogue";
import { ALLOCATE, FREE, type Workload } from "./workloads";

function replay(workload: Workload, allocator: BenchAllocator, pointers: Float64Array): void {
  const { kinds, slots, sizes } = workload;
  for (let index = 0; index < kinds.length; index++) {
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

const [allocatorName, workloadName] = process.argv.slice(2);
const workload = loadWorkload(workloadName);
const pointers = new Float64Array(workload.slotCount);
/** Nanoseconds to warm up for, and to measure for. */
const budget = 300_000_000n;

/** Median of whole replays on fresh allocators, after warming up for the same time. */
function measure(create: (arena: number) => BenchAllocator): number {
  const times: number[] = [];
  const began = process.hrtime.bigint();
  while (times.length < 3 || process.hrtime.bigint() - began < 2n * budget) {
    const allocator = create(workload.arena);
    const start = process.hrtime.bigint();
    replay(workload, allocator, pointers);
    const end = process.hrtime.bigint();
    times.push(Number(end - start));
    if (end - began > 20n * budget) break;
  }
  const warm = times.slice(Math.floor(times.length / 2)).sort((x, y) => x - y);
  return warm[Math.floor(warm.length / 2)] / workload.kinds.length;
}

void loadAllocator(allocatorName).then((create) => process.stdout.write(`${measure(create)}\n`));
