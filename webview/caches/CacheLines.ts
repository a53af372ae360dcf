import type { CacheView } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { count } from "../ui/numbers";
import { renderTable, type Column, type Row } from "../ui/table";

/** The lines of one cache, folded away: a row a set that has lines, a column a way; built only while open. */
export class CacheLines {
  readonly element: HTMLDetailsElement;
  private readonly title: string;
  private readonly box = el("div");
  private level: CacheView | null = null;

  constructor(
    private readonly context: PanelContext,
    name: string,
  ) {
    const id = `cache ${name}`;
    this.title = format(context.strings.cacheLines, name);
    this.element = el("details", { class: "twin", "data-table": id }, el("summary", {}, this.title), this.box);
    // Caches are declared one by one, each when the section is there already.
    this.element.open = context.state.open.includes(id);
    this.element.addEventListener("toggle", () => this.render());
  }

  update(level: CacheView): void {
    this.level = level;
    this.render();
  }

  private render(): void {
    const { level } = this;
    const { strings } = this.context;
    if (level === null || !this.element.open) {
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
