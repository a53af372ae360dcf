import { guardDamageOf } from "../access/guards";
import type { Stretch } from "../access/pageAccess";
import type { Step } from "../step/Step";
import { isHeap, type Region } from "../state/regions";
import type { Damage } from "../state/World";
import { fieldFacts, linkFacts } from "./damageFacts";

/** Damaged addresses remembered at most of one write. */
const longestMemory = 1000;
/** Damaged places remembered at most, of each of the two kinds. */
const mostMemory = 10_000;

/** After a write: fields of the allocator that it changed, reported and remembered with this line. */
export function reportDamage(step: Step, stretches: readonly Stretch[]): void {
  const { world } = step;
  for (const { region, address, length } of stretches) {
    if (region === null || length === 0) continue;
    for (const inner of world.regionsWithin(region, address, address + length)) {
      reportDamageOf(step, inner, address, address + length);
    }
  }
}

function reportDamageOf(step: Step, region: Region, from: number, to: number): void {
  rememberGuards(step, region, from, to);
  const overlaps = ({ address, width }: { readonly address: number; readonly width: number }): boolean =>
    address < to && address + width > from;
  if (isHeap(region)) {
    const damage = region.headerDamage(from, to).filter(overlaps);
    rememberFields(step, damage);
    if (damage.length === 0) return;
    const facts = fieldFacts(step.world, region, damage[0]);
    step.raise("heap-corruption", { kind: "header-written", ...facts, more: damage.length - 1 });
  } else {
    const damage = region.linkDamage(from, to).filter(overlaps);
    rememberFields(step, damage);
    if (damage.length === 0) return;
    step.raise("heap-corruption", { kind: "link-written", ...linkFacts(region, damage[0]), more: damage.length - 1 });
  }
}

function rememberFields(step: Step, damage: readonly { readonly address: number }[]): void {
  remember(
    step,
    step.world.damage,
    damage.map(({ address }) => address),
  );
}

/** Guard bytes that the write changed: the access itself is reported already, `check` and `free` name the line. */
function rememberGuards(step: Step, region: Region, from: number, to: number): void {
  for (const { address, length } of guardDamageOf(region, from, to)) {
    const start = Math.max(from, address);
    const count = Math.min(longestMemory, Math.max(0, Math.min(to, address + length) - start));
    remember(
      step,
      step.world.guardDamage,
      Array.from({ length: count }, (_, index) => start + index),
    );
  }
}

function remember(step: Step, memory: Map<number, Damage>, addresses: readonly number[]): void {
  for (const address of addresses.slice(0, longestMemory)) {
    if (memory.size < mostMemory) memory.set(address, { line: step.line, step: step.world.step, tripped: [] });
  }
}
