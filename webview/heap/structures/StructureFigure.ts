import type { FreeEntry, HeapView, StructureView } from "../../../src/inspector/model";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { el, setText } from "../../ui/dom";
import { Inputs } from "../../ui/Inputs";
import { Picture, type Drawing } from "../../ui/Picture";
import type { Scale } from "../../../src/inspector/drawing/heapScale";
import { drawArena } from "./arenaBar";
import { binSizes, drawBins } from "./binGrid";
import { drawBuddyTree } from "./buddyTree";
import { chainBudget, drawChain } from "./freeListChain";
import { drawQuickLists } from "./quickLists";

/** What the heap's policy keeps its free blocks in, as a drawing of its own. */
export class StructureFigure {
  readonly element: HTMLElement;
  private readonly title = el("h3");
  private readonly picture = new Picture("");
  private readonly listTitle = el("h4");
  /** The blocks of the chosen bin. */
  private readonly list = new Picture("");
  private heap: HeapView | null = null;
  private scale: Scale | null = null;
  private bin: number | null = null;
  private readonly inputs = new Inputs();

  constructor(private readonly context: PanelContext) {
    this.element = el(
      "div",
      { class: "structure" },
      this.title,
      this.picture.element,
      this.listTitle,
      this.list.element,
    );
  }

  /** Draws a moment later: the map goes before it. */
  update(heap: HeapView): void {
    this.heap = heap;
    this.context.later.put(this, () => this.draw());
  }

  /** The map shows another part of the heap, or has another width. */
  follow(scale: Scale): void {
    const { window, width } = this.scale ?? {};
    if (width === scale.width && window?.from === scale.window.from && window.to === scale.window.to) return;
    this.scale = scale;
    this.draw();
  }

  /** Marks the block that begins at the address. */
  select(address: string | null): void {
    if (this.heap?.structure.kind !== "bins") this.picture.mark(address);
    this.list.mark(address);
  }

  private draw(): void {
    const { heap, scale } = this;
    if (heap === null || scale === null) return;
    const { structure } = heap;
    if (!this.inputs.haveChanged(...drawnFrom(heap, scale), this.bin)) return;
    this.element.dataset["structure"] = structure.kind;
    const title = this.titleOf(structure.kind);
    setText(this.title, title);
    this.picture.label = title;
    this.picture.draw(scale.width, this.drawing(heap, scale));
    this.drawList(heap, scale.width);
  }

  private drawing(heap: HeapView, scale: Scale): Drawing {
    const { context } = this;
    const { structure, freeList, freeListTotal } = heap;
    switch (structure.kind) {
      case "list":
        return drawChain(context, freeList, freeListTotal, scale.width);
      case "bins":
        return drawBins(context, structure, heap.policy === "tlsf", scale.width, (index) => this.open(index));
      case "quick":
        return drawQuickLists(context, structure, freeList, freeListTotal, scale.width);
      case "buddy":
        return drawBuddyTree(context, heap, structure, scale);
      case "arena":
        return drawArena(context, heap, structure, scale);
    }
  }

  private open(index: number): void {
    this.bin = index;
    if (this.heap !== null && this.scale !== null) this.drawList(this.heap, this.scale.width);
  }

  private drawList({ structure, freeList }: HeapView, width: number): void {
    const row = structure.kind === "bins" ? structure.rows.find(({ index }) => index === this.bin) : undefined;
    this.listTitle.hidden = row === undefined;
    this.list.element.toggleAttribute("hidden", row === undefined);
    if (row === undefined) return;
    const { strings } = this.context;
    const title = format(strings.binBlocks, binSizes(this.context, row));
    setText(this.listTitle, title);
    this.list.label = title;
    const entries = new Map(freeList.map((entry): [string, FreeEntry] => [entry.address, entry]));
    const blocks = row.addresses.flatMap((address) => entries.get(address) ?? []);
    this.list.draw(width, drawChain(this.context, blocks, row.blocks, width));
  }

  private titleOf(kind: StructureView["kind"]): string {
    const { strings } = this.context;
    const titles: Readonly<Record<StructureView["kind"], string>> = {
      list: strings.structureList,
      bins: strings.structureBins,
      quick: strings.structureQuick,
      buddy: strings.structureBuddy,
      arena: strings.structureArena,
    };
    return titles[kind];
  }
}

/** All that the drawing of a heap's structure rests on. */
function drawnFrom(heap: HeapView, scale: Scale): unknown[] {
  const { structure, freeList, freeListTotal } = heap;
  if (structure.kind === "buddy" || structure.kind === "arena") return [heap, scale];
  const listed = structure.kind === "bins" ? freeList : freeList.slice(0, chainBudget);
  return [structure, scale.width, freeListTotal, ...listed];
}
