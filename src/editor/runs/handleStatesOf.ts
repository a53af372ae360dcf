import { lostBlocks } from "../../machine/leaks/lostBlocks";
import { SharedWork, type Work } from "../../language/coroutines";
import { HandleStates } from "../../machine/inspect/handleStates";
import type { DocumentRun } from "./DocumentRun";

const known = new WeakMap<DocumentRun, SharedWork<HandleStates>>();
/** Allocations taken between two yields: about a millisecond. */
const allocationsPerYield = 512;

/** The states of a run's handles, computed once a run; with yields. */
export function handleStatesOf(run: DocumentRun): Work<HandleStates> {
  let work = known.get(run);
  if (work === undefined) known.set(run, (work = new SharedWork(findStates(run))));
  return work.wait();
}

/** Ends early when the run is not readable any more: its states are of no use then. */
function* findStates(run: DocumentRun): Work<HandleStates> {
  const states = new HandleStates(new Set(run.problems.flatMap(lostBlocks)));
  for (let id = 0; run.isReadable; id += allocationsPerYield) {
    // Only at the end does the log know what is freed later.
    const length = run.at(run.reached, ({ state: { allocations } }) => {
      states.add(allocations, id, id + allocationsPerYield);
      return allocations.length;
    });
    if (length <= id + allocationsPerYield) break;
    yield;
  }
  return states;
}
