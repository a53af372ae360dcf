import { firstAtLeast, roomFor } from "../../engine/columns";
import { groupSize } from "./EndPyramid";
import type { LifetimeRecorder } from "./LifetimeRecorder";

/** A part of address × time; both ranges are half-open. */
export interface LifeWindow {
  readonly fromStep: number;
  readonly toStep: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The lives of a region that touch the window, in the order of birth. Those born inside it are a range; of those born
 * before, groups that ended before it are skipped.
 */
export function collectLives(
  { lives, ends }: LifetimeRecorder,
  region: number,
  { fromStep, toStep, low, high }: LifeWindow,
): Int32Array {
  const { born, ended, address, size } = lives;
  const before = firstAtLeast(born, lives.length, fromStep);
  const past = firstAtLeast(born, lives.length, toStep);
  let found = new Int32Array(64);
  let count = 0;
  for (let life = 0; life < past; life++) {
    if (life < before && life % groupSize === 0) {
      life = Math.min(before, ends.skip(life, fromStep));
      if (life >= past) break;
    }
    if (ended[life] <= fromStep || ended[life] <= born[life] || lives.region[life] !== region) continue;
    if (address[life] >= high || address[life] + size[life] <= low) continue;
    found = roomFor(found, count);
    found[count++] = life;
  }
  return found.subarray(0, count);
}
