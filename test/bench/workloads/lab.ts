import { seededRandom, WorkloadBuilder, type Workload } from "./Workload";

/**
 * Small programs in the manner of the CS:APP malloc lab (Bryant and O'Hallaron, chapter 9): each provokes one weakness.
 */
const labs: Readonly<Record<string, (builder: WorkloadBuilder) => void>> = {
  /** Small and large blocks in turn; the large ones are freed, and the holes between the small ones are too small to use. */
  "lab-binary": (builder) => {
    for (let k = 0; k < 4000; k++) builder.allocate(k, k % 2 === 0 ? 64 : 448);
    for (let k = 1; k < 4000; k += 2) builder.free(k);
    for (let k = 1; k < 4000; k += 2) builder.allocate(k, 512);
  },
  /** Two neighbours are freed, and a request fits only where they were merged. */
  "lab-coalescing": (builder) => {
    for (let round = 0; round < 2400; round++) {
      builder.allocate(0, 4095);
      builder.allocate(1, 4095);
      builder.free(0);
      builder.free(1);
      builder.allocate(0, 8190);
      builder.free(0);
    }
  },
  /** Uniform sizes up to 32 KiB, allocations and frees in random order. */
  "lab-random": (builder) => {
    const random = seededRandom(2);
    const live: number[] = [];
    for (let slot = 0; slot < 2400;) {
      if (live.length === 0 || random() < 0.55) {
        builder.allocate(slot, 1 + Math.floor(random() * 32_768));
        live.push(slot++);
      } else {
        const [freed] = live.splice(Math.floor(random() * live.length), 1);
        builder.free(freed);
      }
    }
  },
  /** One block grows step by step while small ones come and go behind it. */
  "lab-realloc": (builder) => {
    builder.allocate(0, 512);
    builder.allocate(1, 128);
    for (let k = 1; k < 4800; k++) {
      builder.reallocate(0, 512 + 128 * k);
      builder.allocate(1 + (k % 2), 128);
      builder.free(1 + ((k + 1) % 2));
    }
  },
};

export const labNames = Object.keys(labs);

export function labWorkload(name: string): Workload {
  const builder = new WorkloadBuilder();
  labs[name](builder);
  return builder.build(name);
}
