import type { CacheLeave, CacheView } from "../../src/inspector/pagingModel";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el, onWidth, setText } from "../ui/dom";
import { count } from "../ui/numbers";
import { dots, linePatterns, stripes } from "../ui/patterns";
import { Picture } from "../ui/Picture";
import { TwinTable, type Row } from "../ui/table";
import { drawCache } from "./cacheGrid";
import { leavesOfSet, resultText } from "./lookText";

/** The lines of one cache: a grid of sets and ways, and folded away the same as a table, built only while open. */
export class CacheLines {
  readonly element: HTMLElement;
  private readonly twin: TwinTable;
  private readonly grid: Picture;
  private readonly note = el("p", { class: "muted cache-note" });
  private width = 0;
  private level: CacheView | null = null;
  private leaves: readonly CacheLeave[] = [];

  constructor(
    private readonly context: PanelContext,
    name: string,
  ) {
    const { strings } = context;
    const id = `cache ${name}`;
    const title = format(strings.cacheGrid, name);
    this.grid = new Picture(title);
    const stage = el("div", {}, this.grid.element);
    this.twin = new TwinTable(
      format(strings.cacheLines, name),
      [
        { title: strings.columnSet, numeric: true },
        { title: strings.columnWay, numeric: true },
        { title: strings.columnAddress, numeric: true },
        { title: strings.columnDirty },
        { title: strings.factChange },
      ],
      strings,
      id,
    );
    // Caches are declared one by one, each when the section is there already.
    this.twin.element.open = context.state.open.includes(id);
    this.element = el("div", { class: "structure" }, el("h3", {}, title), stage, this.note, this.twin.element);
    onWidth(stage, (width) => {
      this.width = width;
      this.draw();
    });
  }

  update(level: CacheView, leaves: readonly CacheLeave[]): void {
    const { strings } = this.context;
    this.level = level;
    this.leaves = leaves;
    this.draw();
    const hidden = level.hiddenLines === 0 ? "" : format(strings.cacheLinesHidden, count(level.hiddenLines));
    setText(this.note, level.lines.length === 0 ? format(strings.cacheEmpty, level.name) : hidden);
    this.note.hidden = this.note.textContent === "";
    this.twin.update(() => this.rows(level));
  }

  private draw(): void {
    const { level, width, context } = this;
    if (level === null || width === 0) return;
    const leaves = leavesOfSet(level, this.leaves, context.strings);
    const drawing = drawCache(level, leaves, width, context.strings);
    const patterns = linePatterns("look-pattern", { "look-stripes": stripes, "look-dots": dots });
    this.grid.draw(width, { ...drawing, still: [patterns, ...drawing.still] });
  }

  /** The first lines, and those of the step where they are further on. */
  private rows({ lines, marks }: CacheView): Row[] {
    const { strings } = this.context;
    const listed = new Set(lines.map(({ address }) => address));
    const others = marks.flatMap(({ neighbours }) => neighbours).filter(({ address }) => !listed.has(address));
    const all = new Map([...lines, ...others].map((line) => [line.address, line]));
    return Array.from(all.values(), ({ set, way, address, dirty }) => {
      const mark = marks.find((one) => one.address === address);
      const step = mark === undefined ? "" : resultText(mark.result, strings);
      return { cells: [String(set), String(way), address, dirty ? strings.yes : strings.no, step] };
    });
  }
}
