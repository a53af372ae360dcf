import type { HeapContract } from "../../engine/heap/contract";
import { reportGuardDamage } from "../guards";
import { damagedBlock, foundText } from "../problems/damageMessages";
import { lineName, plural, shown } from "../problems/wording";
import type { Step } from "../Step";
import { layoutText, statsText } from "../state/texts";
import { namedHeaps } from "./heap";

/** `check [NAME]`: headers and guard bytes against the truth. */
export function check(step: Step): void {
  const heaps = namedHeaps(step);
  if (heaps === null) return;
  const before = step.problems.length;
  for (const heap of heaps) {
    reportDamaged(step, heap);
    reportGuardDamage(step, heap, heap.base, heap.end);
  }
  const isSound = step.problems.length === before;
  step.value = { kind: "text", text: isSound ? "sound" : "damaged" };
  const blocks = heaps.reduce((sum, heap) => sum + blockCount(heap), 0);
  step.story = isSound
    ? `The headers${heaps.some(isGuarded) ? " and red zones" : ""} of ${plural(blocks, "block")} agree with the truth.`
    : `${plural(step.problems.length - before, "damaged place")} found.`;
}

function blockCount(heap: HeapContract): number {
  const { usedBlocks, freeBlocks, quarantinedBlocks } = heap.stats();
  return usedBlocks + freeBlocks + quarantinedBlocks;
}

function isGuarded({ options }: HeapContract): boolean {
  return options.redzone > 0;
}

function reportDamaged(step: Step, heap: HeapContract): void {
  const { world } = step;
  for (const damage of heap.headerDamage(heap.base, heap.end).slice(0, 100)) {
    const { block, field, address, expected } = damage;
    const whose = damagedBlock(damage, world.ledger.get(block.owner));
    const culprit = world.damage.get(address);
    const when = culprit === undefined ? "" : `; ${lineName(culprit.line)} did it`;
    step.raise("heap-corruption", {
      message: `the field \`${field}\` in the header of ${whose} is ${foundText(heap, damage)} and must be ${shown(expected)}${when}.`,
      related: culprit === undefined ? [] : [{ line: culprit.line, message: "This line wrote over the field." }],
    });
  }
}

/** `stats [NAME]`. */
export function stats(step: Step): void {
  show(step, statsText);
}

/** `layout [NAME]`. */
export function layout(step: Step): void {
  show(step, layoutText);
}

function show(step: Step, text: typeof statsText): void {
  const name = step.word(step.operand("name"));
  if (name !== undefined && step.world.region(name) === undefined) {
    step.raise("unknown-name", { message: `There is no heap, pool or slab cache \`${name}\` at this point.` });
    return;
  }
  const lines = text(step.world, name);
  step.value = { kind: "text", text: lines.join("\n") };
  step.story = lines[0] ?? "There is no heap, pool or virtual memory yet.";
}
