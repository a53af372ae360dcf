import { PageMap } from "./PageMap";
import type { SegmentTable } from "./segments";
import type { TableFormat } from "./tableFormats";
import { TableTree } from "./TableTree";

export type Growth = "none" | "up" | "down";

/** A named region of an address space: the pages from `from` to `to`, half-open, that may be touched. */
export interface Area {
  readonly name: string;
  from: number;
  to: number;
  flags: number;
  readonly growth: Growth;
  /** How far a region that grows down by itself may reach, as a page number (the stack's limit). */
  readonly lowest: number;
  /** A page that nobody may touch: a neighbour's overflow is caught there. */
  readonly isGuard: boolean;
}

type AddressSpaceSnapshot = ReturnType<AddressSpace["save"]>;

/** What one process sees: its regions, its pages, its page table. */
export class AddressSpace {
  /** Mapping ids by page number, of pages of the least size. */
  readonly pages = new PageMap();
  /** Mapping ids of huge pages, by page number divided by 2^order; made for the first such page. */
  readonly huge = new Map<number, PageMap>();
  readonly tree: TableTree;
  /** In ascending order; they do not overlap. Without any, every page of the space may be touched. */
  areas: Area[] = [];
  /** Null: addresses are not segmented. */
  segments: SegmentTable | null = null;
  /** Frames that its pages hold, each mapping counted. */
  resident = 0;

  constructor(
    /** Small number that identifies it: the address-space identifier of a tagged lookaside buffer. */
    readonly id: number,
    readonly name: string,
    format: TableFormat,
    /** Frames that it may hold with local allocation; Infinity otherwise. */
    readonly quota: number,
  ) {
    this.tree = new TableTree(format);
  }

  /** The mapping of a page, or -1. */
  mappingOf(vpn: number): number {
    const id = this.pages.get(vpn);
    if (id >= 0 || this.huge.size === 0) return id;
    for (const [order, pages] of this.huge) {
      const found = pages.get(Math.floor(vpn / 2 ** order));
      if (found >= 0) return found;
    }
    return -1;
  }

  enter(vpn: number, order: number, id: number): void {
    this.pagesOf(order).set(vpn / 2 ** order, id);
  }

  leave(vpn: number, order: number): void {
    this.pagesOf(order).delete(vpn / 2 ** order);
  }

  get mapped(): number {
    let sum = this.pages.size;
    for (const pages of this.huge.values()) sum += pages.size;
    return sum;
  }

  /** Mapping ids in ascending order of their pages. */
  *mappings(): IterableIterator<number> {
    if (this.huge.size === 0) {
      for (const [, id] of this.pages.entries()) yield id;
      return;
    }
    const all: (readonly [number, number])[] = [...this.pages.entries()];
    for (const [order, pages] of this.huge) for (const [k, id] of pages.entries()) all.push([k * 2 ** order, id]);
    for (const [, id] of all.sort((a, b) => a[0] - b[0])) yield id;
  }

  areaOf(vpn: number): Area | undefined {
    return this.areas.find(({ from, to }) => from <= vpn && vpn < to);
  }

  areaNamed(name: string): Area | undefined {
    return this.areas.find((area) => area.name === name);
  }

  /** Whether pages from..to are free of regions. */
  isClear(from: number, to: number): boolean {
    return this.areas.every((area) => area.to <= from || to <= area.from);
  }

  addArea(area: Area): void {
    this.areas.push(area);
    this.areas.sort((a, b) => a.from - b.from);
  }

  removeArea(name: string): void {
    this.areas = this.areas.filter((area) => area.name !== name);
  }

  save() {
    const { segments, resident } = this;
    return { tree: this.tree.save(), areas: this.areas.map((area) => ({ ...area })), segments, resident };
  }

  /** Everything but the pages, which follow from the mappings. */
  load(saved: AddressSpaceSnapshot): void {
    this.tree.load(saved.tree);
    this.areas = saved.areas.map((area) => ({ ...area }));
    this.segments = saved.segments;
    this.resident = saved.resident;
    this.pages.clear();
    this.huge.clear();
  }

  private pagesOf(order: number): PageMap {
    if (order === 0) return this.pages;
    let pages = this.huge.get(order);
    if (pages === undefined) this.huge.set(order, (pages = new PageMap()));
    return pages;
  }
}
