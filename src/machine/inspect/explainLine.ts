import { toHex } from "../../engine/address";
import type { ReadableRun } from "../run/readers";
import type { MachineState } from "../run/MachineState";

/**
 * What a step did, in plain lines: its story, its problems with their advice, and what it changed in heaps, pools and
 * handles. Empty for step 0.
 */
export function explainStep(run: ReadableRun, step: number): string[] {
  const before = run.at(Math.max(0, step - 1), ({ state }) => factsOf(state));
  const { record, after } = run.at(step, (moment) => ({ record: moment.record, after: factsOf(moment.state) }));
  if (record === undefined) return [];
  const lines = [`Step ${record.step}: ${record.story}`];
  for (const { id, message, advice, related } of record.problems) {
    lines.push(`Problem ${id}: ${message}`);
    if (advice !== "") lines.push(`  ${advice}`);
    for (const origin of related) lines.push(`  Line ${origin.line + 1}: ${origin.message}`);
  }
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    return old === now ? [] : [`  ${key}: ${old ?? "nothing"} -> ${now ?? "nothing"}`];
  });
  return [...lines, ...(changes.length === 0 ? ["Nothing changed."] : ["Changed:", ...changes])];
}

function factsOf(state: MachineState): Map<string, string> {
  const facts = new Map<string, string>();
  for (const [name, heap] of state.heaps) {
    const { currentUsed, freeBytes, freeBlocks, largestFree } = heap.stats();
    facts.set(
      `heap ${name}`,
      `${currentUsed} bytes used, ${freeBytes} free in ${freeBlocks} blocks, largest ${largestFree}`,
    );
  }
  for (const [name, pool] of state.pools) {
    const { usedBlocks, freeBlocks } = pool.stats();
    facts.set(`${pool.kind} ${name}`, `${usedBlocks} blocks used, ${freeBlocks} free`);
  }
  if (state.vm !== null) {
    const { name, mapped, resident } = state.vm.current;
    facts.set(`process ${name}`, `${mapped} pages mapped, ${resident} frames`);
  }
  for (const { name, address, allocation } of state.handles()) {
    const fate = allocation === null ? "" : allocation.freed === null ? ", live" : ", freed";
    facts.set(`handle ${name}`, `${toHex(Math.max(0, address))}${fate}`);
  }
  return facts;
}
