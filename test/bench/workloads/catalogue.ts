import { labNames, labWorkload } from "./lab";
import { recordedNames, recordedWorkload } from "./recorded";
import { steadyState, syntheticWorkload } from "./synthetic";
import type { Workload } from "./Workload";

const syntheticName = "synthetic";

/** What programs do: recordings and the synthetic million. */
export const programNames: readonly string[] = [...recordedNames, syntheticName];
export { labNames };

/** The workload that stays around so many live blocks. */
export function steadyName(live: number): string {
  return `steady-${live}`;
}

/** Workloads are made anew from their names, in every process the same. */
export function loadWorkload(name: string): Workload {
  if (name === syntheticName) return syntheticWorkload(name, 1_000_000, 10_000, 1);
  const steady = /^steady-(\d+)$/.exec(name);
  if (steady !== null) return steadyState(Number(steady[1]), 200_000, 1);
  if (labNames.includes(name)) return labWorkload(name);
  if (recordedNames.some((known) => known === name)) return recordedWorkload(name);
  throw new Error(`No workload is named ${name}.`);
}
