import { HandleStates } from "../machine/handleStates";
import type { DocumentRun } from "./documentRuns";

const known = new WeakMap<DocumentRun, HandleStates>();
/** Allocations looked at between two pauses: a millisecond or so. */
const allocationsPerTurn = 512;

/** What became of the handles of a run, computed once a run; with pauses. */
export function* handleStatesOf(run: DocumentRun): Generator<undefined, HandleStates, undefined> {
  const found = known.get(run);
  if (found !== undefined) return found;
  const { program, history, problems } = run;
  const states = new HandleStates(new Set(problems.flatMap(({ leaked }) => leaked ?? [])));
  for (let id = 0; history.program === program; id += allocationsPerTurn) {
    // The log knows what is freed later only where the run has got furthest, and somebody may have looked elsewhere.
    if (history.position !== history.reached) history.seek(history.reached);
    const { allocations } = history.state;
    states.add(allocations, id, id + allocationsPerTurn);
    if (allocations.length <= id + allocationsPerTurn) {
      known.set(run, states);
      break;
    }
    yield;
  }
  return states;
}
