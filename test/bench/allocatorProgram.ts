import { nativePeer } from "./allocators/catalogue";
import { measureGlibc } from "./allocators/glibc";
import type { MeasureBudget, Measured } from "./measure";
import type { BenchOptions } from "./parts/contract";
import type { Program } from "./rounds";
import { runWorker } from "./workerProcess";

/** Measures one allocator, ours or a peer, on the workloads, in a process of its own. */
export function allocatorProgram(
  name: string,
  workloads: readonly string[],
  options: BenchOptions,
): Program<readonly Measured[]> {
  const budget: MeasureBudget = options.isQuick ? { warm: 20, most: 300 } : { warm: 200, most: 5000 };
  return {
    name,
    run: () =>
      name === nativePeer
        ? measureGlibc(workloads, budget.warm).map((nanoseconds) => ({ nanoseconds, isCut: false }))
        : (runWorker("allocator", [name, JSON.stringify(budget), ...workloads]) as Measured[]),
  };
}
