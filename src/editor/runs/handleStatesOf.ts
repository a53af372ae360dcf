import { SharedWork } from "../../language/coroutines";
import { HandleStates } from "../../machine/inspect/handleStates";
import type { DocumentRun } from "./documentRuns";

const known = new WeakMap<DocumentRun, SharedWork<HandleStates>>();
/** Allocations looked at between two pauses: a millisecond or so. */
const allocationsPerTurn = 512;

/** What became of the handles of a run, computed once a run; with pauses. */
export function handleStatesOf(run: DocumentRun): Generator<undefined, HandleStates, undefined> {
  let work = known.get(run);
  if (work === undefined) known.set(run, (work = new SharedWork(findStates(run))));
  return work.wait();
}

/** Ends early when the history has gone on to a later version of the script: then nobody wants to know any more. */
function* findStates({ program, history, problems }: DocumentRun): Generator<undefined, HandleStates, undefined> {
  const states = new HandleStates(new Set(problems.flatMap(({ leaked }) => leaked ?? [])));
  for (let id = 0; history.program === program; id += allocationsPerTurn) {
    // The log knows what is freed later only where the run has got furthest, and somebody may have looked elsewhere.
    if (history.position !== history.reached) history.seek(history.reached);
    const { allocations } = history.state;
    states.add(allocations, id, id + allocationsPerTurn);
    if (allocations.length <= id + allocationsPerTurn) break;
    yield;
  }
  return states;
}
