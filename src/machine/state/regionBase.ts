import { toHex } from "../../engine/address";
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
    step.raise("bad-operand", { message: `The region would end beyond the address 2^53 - 1.` });
    return null;
  }
  for (const region of step.world.regions()) {
    const end = reservedEnd(region);
    if (base >= end || base + reserved <= region.base) continue;
    const place = `${toHex(region.base)}..${toHex(end)}`;
    step.raise("bad-operand", {
      message: `The range ${toHex(base)}..${toHex(base + reserved)} overlaps \`${region.options.name}\`, which keeps ${place}.`,
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
  step.raise("bad-operand", {
    message: `There is a heap or pool called \`${name}\` already; give this one another name.`,
  });
  return null;
}
