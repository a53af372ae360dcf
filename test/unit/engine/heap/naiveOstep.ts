/** The free-space simulator of OSTEP's homework (vm-freespace) from its description: two tables and linear walks. */
export interface OstepFlags {
  readonly policy: "FIRST" | "BEST" | "WORST";
  readonly order: "ADDRSORT" | "SIZESORT+" | "SIZESORT-" | "INSERT-FRONT" | "INSERT-BACK";
  readonly coalesce: boolean;
  readonly size: number;
  readonly base: number;
  readonly header: number;
  /** -1: sizes are not rounded. */
  readonly alignment: number;
}

export class NaiveOstep {
  /** Address and size. */
  list: [number, number][];
  searched = 0;
  private readonly sizes = new Map<number, number>();

  constructor(private readonly flags: OstepFlags) {
    this.list = [[flags.base, flags.size]];
  }

  /** The block's start, its header included, or -1. */
  malloc(requested: number): number {
    const { alignment, header, policy } = this.flags;
    const rounded = alignment === -1 ? requested : Math.ceil(requested / alignment) * alignment;
    const wanted = rounded + header;
    let best = -1;
    this.searched = 0;
    for (let k = 0; k < this.list.length; k++) {
      const size = this.list[k][1];
      this.searched++;
      if (size < wanted) continue;
      const chosen = best < 0 ? undefined : this.list[best][1];
      if (chosen === undefined || (policy === "BEST" && size < chosen) || (policy === "WORST" && size > chosen))
        best = k;
      if (policy === "FIRST") break;
    }
    if (best < 0) return -1;
    const [address, size] = this.list[best];
    if (size === wanted) this.list.splice(best, 1);
    else this.list[best] = [address + wanted, size - wanted];
    this.sizes.set(address, wanted);
    return address;
  }

  /** 0, or -1 when no block begins there. */
  free(address: number): 0 | -1 {
    const size = this.sizes.get(address);
    if (size === undefined) return -1;
    this.sizes.delete(address);
    const { order, coalesce } = this.flags;
    if (order === "INSERT-FRONT") this.list.unshift([address, size]);
    else this.list.push([address, size]);
    if (order === "ADDRSORT") this.list.sort((a, b) => a[0] - b[0]);
    if (order === "SIZESORT+") this.list.sort((a, b) => a[1] - b[1]);
    if (order === "SIZESORT-") this.list.sort((a, b) => b[1] - a[1]);
    if (coalesce) this.pass();
    return 0;
  }

  private pass(): void {
    const [first, ...others] = this.list;
    const merged: [number, number][] = [];
    let current = first;
    for (const next of others) {
      if (next[0] === current[0] + current[1]) current = [current[0], current[1] + next[1]];
      else {
        merged.push(current);
        current = next;
      }
    }
    this.list = [...merged, current];
  }
}
