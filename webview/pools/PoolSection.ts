import type { PoolCell, PoolView, PanelSnapshot } from "../../src/inspector/model";
import type { FocusTarget } from "../../src/inspector/protocol";
import { addressOf, type Selection } from "../../src/inspector/selection";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext, Section } from "../context";
import { el, onWidth, setText, svg } from "../ui/dom";
import { count, size } from "../ui/numbers";
import { changeText, showFacts, legendEntry, lineLink, sectionHeading } from "../ui/parts";
import { splitSection } from "../ui/splitSection";
import { TwinTable, type Row } from "../ui/table";
import { drawPoolArrows } from "./poolArrows";
import { usageBar } from "./usageBar";
import { slabGroups } from "./slabs";

/** One pool as a grid of its blocks, used and free, with the order in which the free ones are handed out. */
export class PoolSection implements Section {
  readonly element: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly stats = el("dl", { class: "stats" });
  private readonly bar = el("div");
  private readonly grid: HTMLElement;
  private readonly twin: TwinTable;
  private readonly facts = el("p", { class: "pool-facts muted" });
  private readonly hidden = el("p", { class: "muted" });
  private readonly links = svg("svg", { class: "pool-links", "aria-hidden": "true" });
  private readonly legend: HTMLElement;
  private options: readonly HTMLElement[] = [];
  private pool: PoolView | null = null;
  private current = 0;

  constructor(
    private readonly context: PanelContext,
    private readonly name: string,
  ) {
    const { strings } = context;
    this.heading = sectionHeading(context, `pool-${name}`, format(strings.pool, name), "");
    this.grid = el("div", { class: "pool-grid", role: "listbox", "aria-label": format(strings.poolGridLabel, name) });
    this.twin = new TwinTable(
      strings.tablePool,
      [
        { title: strings.columnIndex, numeric: true },
        { title: strings.columnAddress, numeric: true },
        { title: strings.factState },
        { title: strings.columnLine },
      ],
      strings,
      `pool ${name}`,
    );
    this.legend = el(
      "ul",
      { class: "legend" },
      legendEntry("used", strings.legendUsed),
      legendEntry("free", strings.legendFree),
      legendEntry("link", strings.legendLink),
      legendEntry("changed", strings.legendChanged),
    );
    this.element = splitSection(
      { "aria-labelledby": `pool-${name}`, "data-pool": name },
      {
        heading: this.heading,
        stats: [this.stats],
        drawings: [this.bar, this.grid, this.hidden, this.legend, this.facts],
        tables: [el("div", { class: "twins" }, this.twin.element)],
      },
    );
    onWidth(this.grid, () => this.drawLinks());
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.grid.addEventListener("pointerover", (event) => this.showFacts(this.cellOf(event.target)));
    this.grid.addEventListener("focusin", (event) => this.showFacts(this.cellOf(event.target)));
    this.grid.addEventListener("click", (event) => {
      const cell = this.cellOf(event.target);
      if (cell !== undefined) this.move(this.pool!.cells.indexOf(cell));
    });
    this.grid.addEventListener("dblclick", (event) => this.reveal(this.cellOf(event.target)));
  }

  update(snapshot: PanelSnapshot): void {
    const pool = snapshot.pools.find((candidate) => candidate.name === this.name);
    if (pool === undefined) return;
    const { strings } = this.context;
    const hadFocus = this.grid.contains(document.activeElement);
    // Slabs change their places with their states: the same block stays the current one.
    const address = this.pool?.cells.at(this.current)?.address;
    const same = pool.cells.findIndex((cell) => cell.address === address);
    this.pool = pool;
    this.current = same >= 0 ? same : Math.min(this.current, Math.max(0, pool.cells.length - 1));
    const isSlab = pool.kind === "slab";
    setText(this.heading.querySelector("h2")!, format(isSlab ? strings.slabCache : strings.pool, pool.name));
    setText(this.heading.querySelector("p")!, `${headingFacts(pool, strings)} · ${pool.base}`);
    const { usedBlocks, freeBlocks, peakUsed, blockSize } = pool.stats;
    const amount = (blocks: number): string => `${count(blocks)} · ${size(blocks * blockSize)}`;
    showFacts(this.stats, [
      { name: strings["pool.usedBlocks"], value: amount(usedBlocks) },
      { name: strings["pool.freeBlocks"], value: amount(freeBlocks) },
      { name: strings["pool.peakUsed"], value: count(peakUsed) },
    ]);
    this.bar.replaceChildren(usageBar(pool, strings));
    this.options = pool.cells.map((cell, at) => this.cell(cell, at));
    this.grid.classList.toggle("slabs", isSlab);
    this.grid.classList.toggle("pool-grid-cells", !isSlab);
    this.grid.replaceChildren(...(isSlab ? slabGroups(pool, this.options, strings) : this.options), this.links);
    this.drawLinks();
    this.hidden.hidden = pool.hiddenSlabs === 0;
    setText(this.hidden, format(strings.slabsHidden, count(pool.hiddenSlabs)));
    if (hadFocus) this.option(this.current)?.focus();
    this.showFacts(pool.cells[this.current]);
    this.twin.update(() => this.rows(pool));
  }

  repaint(): void {
    // The grid is styled by the style sheet alone.
  }

  focus(target: FocusTarget): boolean {
    const at =
      target.kind === "address"
        ? this.cellAt(target.address)
        : (this.pool?.cells.findIndex(({ line }) => line === target.line) ?? -1);
    if (at < 0) return false;
    this.move(at);
    return true;
  }

  select(selection: Selection | null): void {
    const address = addressOf(selection);
    const at = address === null ? -1 : this.cellAt(address);
    if (at < 0 || at === this.current) return;
    this.mark(at);
    this.showFacts(this.pool?.cells[at]);
  }

  private drawLinks(): void {
    if (this.pool !== null) drawPoolArrows(this.links, this.pool.cells, this.options, this.context.strings.listHead);
  }

  private cellAt(hex: string): number {
    const address = Number(hex);
    return (
      this.pool?.cells.findIndex((cell) => {
        const start = Number(cell.address);
        return address >= start && address < start + cell.size;
      }) ?? -1
    );
  }

  private cell(cell: PoolCell, at: number): HTMLElement {
    const state = cell.used === 0 ? "free" : cell.used === cell.count ? "used" : "part";
    const option = el(
      "div",
      {
        class: `pool-cell ${state}${cell.changed === null ? "" : " changed"}`,
        role: "option",
        tabindex: at === this.current ? 0 : -1,
        "aria-selected": at === this.current ? "true" : "false",
        "data-at": at,
        "data-place": cell.listPlace,
        "data-state": state,
      },
      el("span", { class: "pool-index" }, String(cell.first)),
      el("span", { class: "pool-owner" }, cell.handle ?? (cell.listPlace === null ? "" : `#${cell.listPlace}`)),
      el("span", { class: "sr-only" }, this.sentence(cell)),
    );
    return option;
  }

  private sentence(cell: PoolCell): string {
    const { strings } = this.context;
    if (cell.count > 1) return format(strings.poolGroup, cell.first, cell.first + cell.count - 1, count(cell.used));
    const state =
      cell.used > 0
        ? format(strings.poolUsed, cell.handle ?? strings.noOwner)
        : cell.listPlace === null
          ? strings.poolFreeUnlisted
          : format(strings.poolFree, count(cell.listPlace));
    return cell.changed === null ? state : `${state}, ${changeText(cell.changed, strings)}`;
  }

  private showFacts(cell: PoolCell | undefined): void {
    if (cell === undefined) return;
    const link = lineLink(this.context, cell.line);
    this.facts.replaceChildren(
      el("code", {}, cell.address),
      ` ${this.sentence(cell)} `,
      ...(link === null ? [] : [link]),
    );
  }

  private rows(pool: PoolView): Row[] {
    return pool.cells.map((cell) => ({
      cells: [String(cell.first), cell.address, this.sentence(cell), lineLink(this.context, cell.line) ?? ""],
      attributes: { "data-place": cell.listPlace },
    }));
  }

  private cellOf(target: EventTarget | null): PoolCell | undefined {
    const element = target instanceof Element ? target.closest("[data-at]") : null;
    return element === null ? undefined : this.pool?.cells[Number(element.getAttribute("data-at"))];
  }

  private option(at: number): HTMLElement | undefined {
    return this.options.at(at);
  }

  private move(at: number): void {
    const { pool } = this;
    if (pool === null) return;
    const to = Math.max(0, Math.min(pool.cells.length - 1, at));
    this.mark(to);
    this.option(to)?.focus();
    const cell = pool.cells.at(to);
    this.context.select(cell === undefined ? null : { kind: "block", address: cell.address, line: cell.line });
  }

  private mark(to: number): void {
    const before = this.option(this.current);
    before?.setAttribute("tabindex", "-1");
    before?.setAttribute("aria-selected", "false");
    this.current = to;
    const option = this.option(to);
    option?.setAttribute("tabindex", "0");
    option?.setAttribute("aria-selected", "true");
  }

  private reveal(cell: PoolCell | undefined): void {
    if (cell !== undefined && cell.line !== null) this.context.post({ kind: "revealLine", line: cell.line });
  }

  private key(event: KeyboardEvent): void {
    const cells = this.option(this.current)?.parentElement ?? this.grid;
    const columns = getComputedStyle(cells).gridTemplateColumns.split(" ").length;
    const moves: Readonly<Partial<Record<string, number>>> = {
      ArrowRight: this.current + 1,
      ArrowLeft: this.current - 1,
      ArrowDown: this.current + columns,
      ArrowUp: this.current - columns,
      Home: 0,
      End: Number.MAX_SAFE_INTEGER,
    };
    const to = moves[event.key];
    if (to !== undefined) this.move(to);
    else if (event.key === "Enter") this.reveal(this.pool?.cells[this.current]);
    else return;
    event.preventDefault();
  }
}

function headingFacts(pool: PoolView, strings: InspectorStrings): string {
  if (pool.order !== null) return format(strings.poolFacts, count(pool.count), count(pool.stats.blockSize), pool.order);
  const slabs = pool.slabs.length + pool.hiddenSlabs;
  return format(strings.slabCacheFacts, count(pool.count), count(pool.stats.blockSize), count(slabs));
}
