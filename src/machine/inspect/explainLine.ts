import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import { storyText } from "../stories/storyText";
import type { ReadableRun } from "../run/readers";
import type { MachineState } from "../run/MachineState";
import { wordsOf } from "../problems/Problem";
import { stateTree } from "./stateTree";
import { contentsOf } from "./summary";

/**
 * What a step did, in plain lines: its story, its problems with their advice, and what it changed in heaps, pools and
 * handles. Empty for step 0.
 */
export function explainStep(run: ReadableRun, step: number, words: Words): string[] {
  const before = run.at(Math.max(0, step - 1), ({ state }) => factsOf(state, words));
  const { record, after } = run.at(step, (moment) => ({
    record: moment.record,
    after: factsOf(moment.state, words),
  }));
  if (record === undefined) return [];
  const lines = [`Step ${record.step}: ${storyText(record, words)}`];
  for (const problem of record.problems) {
    const { message, advice, related } = wordsOf(problem, words);
    lines.push(`Problem ${problem.id}: ${message}`);
    if (advice !== "") lines.push(`  ${advice}`);
    for (const origin of related) lines.push(`  Line ${origin.line + 1}: ${origin.message}`);
  }
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    return old === now ? [] : [`  ${key}: ${old ?? "nothing"} -> ${now ?? "nothing"}`];
  });
  return [...lines, ...(changes.length === 0 ? ["Nothing changed."] : ["Changed:", ...changes])];
}

/** What heaps, pools, the process that runs and handles hold, by their names. */
function factsOf(state: MachineState, words: Words): Map<string, string> {
  const { heaps, pools, vm } = stateTree(state);
  const facts = new Map<string, string>();
  for (const [name, heap] of heaps) facts.set(`heap ${name}`, contentsOf(heap, words));
  for (const [name, pool] of pools) facts.set(`${pool.facts.kind} ${name}`, contentsOf(pool, words));
  const process = [...(vm?.facts.processes.items() ?? [])].find(({ runs }) => runs);
  if (process !== undefined) facts.set(`process ${process.name}`, contentsOf(process, words));
  for (const { name, address, allocation } of state.handles()) {
    const fate = allocation === null ? "" : allocation.freed === null ? ", live" : ", freed";
    facts.set(`handle ${name}`, `${toHex(Math.max(0, address))}${fate}`);
  }
  return facts;
}
