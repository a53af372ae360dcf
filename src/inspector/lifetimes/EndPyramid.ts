import { roomFor } from "../../engine/columns";
import { neverEnded } from "./lives";

/** Lives of the two levels' groups, as shifts: 64 and 4096. */
const levels = [6, 12] as const;
/** Lives of the smallest group. */
export const groupSize = 64;

/**
 * The latest end among each 64 and each 4096 consecutive lives, so that a search for what was live at a step skips whole
 * groups. A group with an open life ends never; as steps only go up, the group's latest end is that of the life that
 * ended last, and both updates cost O(1).
 */
export class EndPyramid {
  private readonly open: [Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(16)];
  private readonly last: [Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(16)];

  begin(life: number): void {
    for (const level of [0, 1] as const) {
      const group = life >>> levels[level];
      this.open[level] = roomFor(this.open[level], group);
      this.last[level] = roomFor(this.last[level], group);
      this.open[level][group]++;
    }
  }

  end(life: number, step: number): void {
    for (const level of [0, 1] as const) {
      const group = life >>> levels[level];
      this.open[level][group]--;
      this.last[level][group] = step;
    }
  }

  /** The next life from `life` on whose group may hold one that ends after the step; it may lie past the last life. */
  skip(life: number, step: number): number {
    let next = life;
    for (;;) {
      if (this.endsBy(1, next >>> levels[1], step)) next = ((next >>> levels[1]) + 1) << levels[1];
      else if (this.endsBy(0, next >>> levels[0], step)) next = ((next >>> levels[0]) + 1) << levels[0];
      else return next;
    }
  }

  /** Whether all lives of a group ended at the step or before; groups that do not exist did not. */
  private endsBy(level: 0 | 1, group: number, step: number): boolean {
    if (group >= this.open[level].length) return false;
    return (this.open[level][group] > 0 ? neverEnded : this.last[level][group]) <= step;
  }
}
