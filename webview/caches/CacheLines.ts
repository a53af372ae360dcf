import type { CacheView } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el, onWidth } from "../ui/dom";
import { count } from "../ui/numbers";
import { Picture } from "../ui/Picture";
import { renderTable, type Column, type Row } from "../ui/table";
import { drawCache } from "./cacheGrid";

/** The lines of one cache: a grid of sets and ways, and folded away the same as a table, built only while open. */
export class CacheLines {
  readonly element: HTMLElement;
  private readonly twin: HTMLDetailsElement;
  private readonly grid: Picture;
  private readonly gridTitle: string;
  private width = 0;
  private readonly title: string;
  private readonly box = el("div");
  private level: CacheView | null = null;

  constructor(
    private readonly context: PanelContext,
    name: string,
  ) {
    const id = `cache ${name}`;
    this.title = format(context.strings.cacheLines, name);
    this.gridTitle = format(context.strings.cacheGrid, name);
    this.grid = new Picture(this.gridTitle);
    const stage = el("div", {}, this.grid.element);
    this.twin = el("details", { class: "twin", "data-table": id }, el("summary", {}, this.title), this.box);
    // Caches are declared one by one, each when the section is there already.
    this.twin.open = context.state.open.includes(id);
    this.twin.addEventListener("toggle", () => this.render());
    this.element = el("div", { class: "structure" }, el("h3", {}, this.gridTitle), stage, this.twin);
    onWidth(stage, (width) => {
      this.width = width;
      this.draw();
    });
  }

  update(level: CacheView): void {
    this.level = level;
    this.draw();
    this.render();
  }

  private draw(): void {
    if (this.level === null || this.width === 0) return;
    this.grid.draw(this.width, drawCache(this.level, this.width, this.context.strings));
  }

  private render(): void {
    const { level } = this;
    const { strings } = this.context;
    if (level === null || !this.twin.open) {
      this.box.replaceChildren();
      return;
    }
    if (level.lines.length === 0) {
      this.box.replaceChildren(el("p", { class: "muted" }, format(strings.cacheEmpty, level.name)));
      return;
    }
    const hidden = format(strings.cacheLinesHidden, count(level.hiddenLines));
    this.box.replaceChildren(
      renderTable(this.columns(level), this.rows(level), this.title, strings),
      ...(level.hiddenLines === 0 ? [] : [el("p", { class: "muted" }, hidden)]),
    );
  }

  /** As many ways as have lines among those listed: a fully associative cache may have thousands. */
  private columns({ lines }: CacheView): Column[] {
    const { strings } = this.context;
    const ways = Math.max(...lines.map(({ way }) => way)) + 1;
    const columns = Array.from({ length: ways }, (_, way) => ({ title: format(strings.cacheWay, way), numeric: true }));
    return [{ title: strings.columnSet, numeric: true }, ...columns];
  }

  private rows({ lines }: CacheView): Row[] {
    const { strings } = this.context;
    const sets = new Map<number, string[]>();
    for (const { set, way, address, dirty } of lines) {
      const cells = sets.get(set) ?? [];
      while (cells.length < way) cells.push("");
      cells.push(dirty ? format(strings.cacheDirty, address) : address);
      sets.set(set, cells);
    }
    return Array.from(sets, ([set, cells]) => ({ cells: [String(set), ...cells] }));
  }
}
