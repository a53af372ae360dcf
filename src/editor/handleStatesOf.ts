import { HandleStates } from "../machine/handleStates";
import type { DocumentRun } from "./documentRuns";

const known = new WeakMap<DocumentRun, HandleStates>();

/** What became of the handles of a run, computed once a run. */
export function handleStatesOf(run: DocumentRun): HandleStates {
  let states = known.get(run);
  if (states === undefined) {
    const { history, problems } = run;
    // The log knows what is freed later only where the run has got furthest.
    if (history.position !== history.reached) history.seek(history.reached);
    states = new HandleStates(history.state.allocations, new Set(problems.flatMap(({ leaked }) => leaked ?? [])));
    known.set(run, states);
  }
  return states;
}
