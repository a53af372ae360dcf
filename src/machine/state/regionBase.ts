import { roundUp } from "../../engine/address";
import type { Step } from "../step/Step";
import { firstBase, regionUnit, reservedEnd } from "./regions";

/**
 * The base of a new region: what `base=` says, else the next 64 KiB boundary after everything reserved plus a gap of
 * 64 KiB. Null when it would overlap another region or pass 2^53, which is reported.
 */
export function placeRegion(step: Step, reserved: number): number | null {
  const written = step.wholeOption("base", 0);
  if (written === null) return null;
  const base = written ?? nextBase(step);
  if (base + reserved > Number.MAX_SAFE_INTEGER) {
    step.raise("bad-operand", { kind: "region-too-high" });
    return null;
  }
  for (const region of step.world.regions()) {
    const end = reservedEnd(region);
    if (base >= end || base + reserved <= region.base) continue;
    step.raise("bad-operand", {
      kind: "overlap",
      name: region.options.name,
      fromAddress: base,
      toAddress: base + reserved,
      otherFromAddress: region.base,
      otherToAddress: end,
    });
    return null;
  }
  return base;
}

function nextBase(step: Step): number {
  let base = firstBase;
  for (const region of step.world.regions()) {
    base = Math.max(base, roundUp(reservedEnd(region), regionUnit) + regionUnit);
  }
  return base;
}

/** The name of a new region; null when it is taken, which is reported. */
export function newRegionName(step: Step, fallback: string): string | null {
  const name = step.word(step.operand("name")) ?? fallback;
  const other = step.world.region(name);
  if (other === undefined) return name;
  step.raise("bad-operand", { kind: "region-exists", name });
  return null;
}
