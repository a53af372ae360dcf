import type { TlbOptions } from "../../../../src/engine/vm/Tlb";

interface Entry {
  readonly space: number;
  readonly vpn: number;
  readonly global: boolean;
  stamp: number;
}

/** A lookaside buffer as a list of sets, each a list of ways. */
export class NaiveTlb {
  private readonly sets: (Entry | null)[][];
  private clock = 0;
  hits = 0;
  misses = 0;

  constructor(private readonly options: TlbOptions) {
    const { entries, ways } = options;
    this.sets = Array.from({ length: entries / ways }, () => Array.from({ length: ways }, () => null));
  }

  lookup(space: number, vpn: number): boolean {
    const found = this.find(space, vpn);
    if (found === undefined) this.misses++;
    else {
      this.hits++;
      if (this.options.policy === "lru") found.stamp = ++this.clock;
    }
    return found !== undefined;
  }

  insert(space: number, vpn: number, global: boolean): void {
    const set = this.setOf(vpn);
    let way = set.indexOf(null);
    if (way < 0) way = set.findIndex((entry) => set.every((other) => entry!.stamp <= other!.stamp));
    set[way] = { space, vpn, global, stamp: ++this.clock };
  }

  invalidate(space: number, vpn: number): void {
    this.drop((entry) => entry.vpn === vpn && (entry.space === space || entry.global));
  }

  switchSpace(): void {
    if (!this.options.tagged) this.drop((entry) => !entry.global);
  }

  flushSpace(space: number): void {
    this.drop((entry) => entry.space === space);
  }

  /** `space:page` of all entries, set by set. */
  contents(): string[] {
    return this.sets.flat().flatMap((entry) => (entry === null ? [] : [`${entry.space}:${entry.vpn}`]));
  }

  private find(space: number, vpn: number): Entry | undefined {
    const here = this.setOf(vpn).filter((entry): entry is Entry => entry !== null && entry.vpn === vpn);
    return here.find((entry) => entry.space === space) ?? here.find((entry) => entry.global);
  }

  private setOf(vpn: number): (Entry | null)[] {
    return this.sets[vpn % this.sets.length];
  }

  private drop(goes: (entry: Entry) => boolean): void {
    for (const set of this.sets)
      set.forEach((entry, way) => {
        if (entry !== null && goes(entry)) set[way] = null;
      });
  }
}
