import type { TableFormat } from "./tableFormats";

/** Page numbers stay below 2^41 with the pages that tables of several levels have, so keys are exact. */
const keysPerLevel = 2 ** 44;

/** One table of a multi-level page table. */
export interface TableNode {
  /** Frame that holds it; -1 when tables take no frames (a flat table). */
  readonly frame: number;
  /** Entries in use: pages or tables below. */
  used: number;
  accessed: boolean;
  /** It stays when nothing in use is below it, since it has an entry written by hand. */
  isPinned: boolean;
}

type TableTreeSnapshot = ReturnType<TableTree["save"]>;

/**
 * Which tables of a multi-level page table exist, and in which frames: one exists while something below it is mapped, the
 * root always. Where pages are is not kept here (see PageMap): this is the shape that walks show and memory pays for.
 */
export class TableTree {
  /** By level from the root (0) and the part of the page number above the table's own index. */
  private readonly nodes = new Map<number, TableNode>();

  constructor(private readonly format: TableFormat) {}

  get tables(): number {
    return this.nodes.size;
  }

  /** The table of that level on the way to a page, if there is one. */
  node(level: number, vpn: number): TableNode | undefined {
    return this.nodes.get(this.key(level, vpn));
  }

  /** The levels at which tables are missing on the way to an entry at `leafLevel`, the root first. */
  missing(vpn: number, leafLevel: number): number[] {
    const levels: number[] = [];
    for (let level = 0; level <= leafLevel; level++) if (!this.nodes.has(this.key(level, vpn))) levels.push(level);
    return levels;
  }

  /** Makes the table; its entry in the table above counts as used. */
  addTable(level: number, vpn: number, frame: number): void {
    this.nodes.set(this.key(level, vpn), { frame, used: 0, accessed: false, isPinned: false });
    const above = level === 0 ? undefined : this.node(level - 1, vpn);
    if (above !== undefined) above.used++;
  }

  /** One more page is entered in the table at `leafLevel`. */
  addPage(vpn: number, leafLevel: number): void {
    const node = this.node(leafLevel, vpn);
    if (node !== undefined) node.used++;
  }

  /** Undoes `addTable` for levels whose tables hold nothing yet; returns their frames. */
  removeTables(vpn: number, levels: readonly number[]): number[] {
    const frames: number[] = [];
    for (const level of [...levels].reverse()) {
      const node = this.node(level, vpn);
      if (node === undefined) continue;
      frames.push(node.frame);
      this.nodes.delete(this.key(level, vpn));
      const above = level === 0 ? undefined : this.node(level - 1, vpn);
      if (above !== undefined) above.used--;
    }
    return frames;
  }

  /** The table of that level on the way to a page stays, even when it is empty. */
  pin(level: number, vpn: number): void {
    const node = this.node(level, vpn);
    if (node !== undefined) node.isPinned = true;
  }

  clear(): void {
    this.nodes.clear();
  }

  /** Takes a page out and drops tables that became empty, all but the root; returns their frames. */
  removePage(vpn: number, leafLevel: number): number[] {
    const freed: number[] = [];
    for (let level = leafLevel; level >= 0; level--) {
      const node = this.node(level, vpn);
      if (node === undefined) break;
      node.used--;
      if (node.used > 0 || node.isPinned || level === 0) break;
      this.nodes.delete(this.key(level, vpn));
      freed.push(node.frame);
    }
    return freed;
  }

  /**
   * Marks the tables below the root that a walk to the level went through, as x86 sets A in upper entries. Needed only
   * when the leaf's own A was clear: a leaf that has it has been walked to through these tables already.
   */
  markAccessed(vpn: number, leafLevel: number): void {
    for (let level = 1; level <= leafLevel; level++) {
      const node = this.node(level, vpn);
      if (node !== undefined) node.accessed = true;
    }
  }

  *all(): IterableIterator<{ readonly level: number; readonly prefix: number; readonly node: TableNode }> {
    for (const [key, node] of this.nodes) {
      yield { level: Math.floor(key / keysPerLevel), prefix: key % keysPerLevel, node };
    }
  }

  save() {
    return {
      nodes: [...this.nodes].map(
        ([key, { frame, used, accessed, isPinned }]) => [key, frame, used, accessed, isPinned] as const,
      ),
    };
  }

  load(saved: TableTreeSnapshot): void {
    this.nodes.clear();
    for (const [key, frame, used, accessed, isPinned] of saved.nodes) {
      this.nodes.set(key, { frame, used, accessed, isPinned });
    }
  }

  private key(level: number, vpn: number): number {
    let bits = 0;
    for (let k = level; k < this.format.indexBits.length; k++) bits += this.format.indexBits[k];
    return level * keysPerLevel + Math.floor(vpn / 2 ** bits);
  }
}
