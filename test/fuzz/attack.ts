import fc from "fast-check";
import type { Isolated } from "./Isolated";
import type { AnyTarget } from "./target";

/** How long a target is attacked: a number of inputs, or a time. */
export interface Effort {
  readonly seed: number;
  readonly inputs?: number;
  readonly milliseconds?: number;
}

/** Says what an input broke. */
type Judge = Pick<Isolated, "failureOf">;

export interface Attack {
  readonly inputs: number;
  /** Null when nothing broke. */
  readonly failure: string | null;
}

/** Milliseconds for which a failure is made smaller. */
const shrinking = 120_000;

/** Gives a target hostile inputs. The first that breaks it is made smaller for as long as a smaller one breaks it, too. */
export async function attack(target: AnyTarget, effort: Effort, isolated: Judge): Promise<Attack> {
  const { seed, inputs = Number.MAX_SAFE_INTEGER, milliseconds } = effort;
  const property = fc.asyncProperty(target.input, async (input) => {
    const failure = await isolated.failureOf({ target: target.name, input });
    if (failure !== null) throw new Error(failure);
  });
  const found = await fc.check(property, {
    seed,
    numRuns: inputs,
    endOnFailure: true,
    ...(milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds }),
  });
  if (found.counterexamplePath === null) return { inputs: found.numRuns, failure: null };
  const path = found.counterexamplePath;
  const smallest = await fc.check(property, { seed, path, interruptAfterTimeLimit: shrinking });
  const shrunk = smallest.counterexamplePath === null ? found : smallest;
  const { errorInstance, numShrinks } = shrunk;
  const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const origin = `Found by \`npm run fuzz -- --only ${target.name} --seed ${seed}\` after ${found.numRuns} inputs, made smaller ${numShrinks} times.`;
  const shown = JSON.stringify(shrunk.counterexample[0], null, 1);
  return { inputs: found.numRuns, failure: `${target.name}: ${reason}\n\n${shown}\n\n${origin}` };
}
