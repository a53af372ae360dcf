import { toHex } from "../../src/engine/address";
import type { PanelSnapshot } from "../../src/inspector/model";
import type { PagesView } from "../../src/inspector/pagingModel";
import { addressOf, type Selection } from "../../src/inspector/selection";
import { format } from "../../src/inspector/strings";
import type { PanelContext, Section } from "../context";
import { StepWatch } from "../steps/StepWatch";
import { el, onWidth, setText, svg } from "../ui/dom";
import { count, size } from "../ui/numbers";
import { Tween } from "../ui/motion";
import { showFacts, sectionHeading, type Fact } from "../ui/parts";
import { splitSection } from "../ui/splitSection";
import { statisticFacts, type StatisticName } from "../ui/statistics";
import { TwinTable, type Row } from "../ui/table";
import { LevelStrips } from "./levels/LevelStrips";
import { drawMapping } from "./mapping";
import { PageParts } from "./PageParts";
import { PageTable } from "./PageTable";
import { SwapStrip } from "./SwapStrip";
import { TlbGrid } from "./TlbGrid";
import { transfers, type Transfer } from "./pageTransfers";
import { underWay } from "./movingPages";
import { WalkList } from "./WalkList";

/** More pages than this on the move at once could not be followed by eye. */
const transferBudget = 24;

/** The page table: a drawing of pages and frames, and the table itself. */
export class PagesSection implements Section {
  readonly element: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly stats = el("dl", { class: "stats" });
  private readonly drawing = svg("svg", { class: "pages-drawing", role: "img" });
  private readonly stage = el("div", { class: "pages-stage" }, this.drawing);
  private readonly table: PageTable;
  private readonly swap: SwapStrip;
  private readonly tlb: TlbGrid;
  private readonly frames: TwinTable;
  private readonly legend = el("ul", { class: "legend" });
  private readonly parts: PageParts;
  private readonly walk: WalkList;
  private readonly levels: LevelStrips;
  private view: PagesView | null = null;
  private width = 0;
  private selected: number | null = null;
  private readonly steps = new StepWatch();
  private readonly tween = new Tween(() => this.draw());
  /** What the last step has moved, while it is seen moving. */
  private moved: readonly Transfer[] = [];
  /** Under the pointer. */
  private pointed: number | null = null;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    this.heading = sectionHeading(context, "pages", strings.pages, "");
    this.table = new PageTable(context, (vpn) => this.choose({ vpn, process: null }));
    this.swap = new SwapStrip(context);
    this.tlb = new TlbGrid(context);
    this.frames = new TwinTable(
      strings.tableFrames,
      [{ title: strings.columnFrame, numeric: true }, { title: strings.columnContent }],
      strings,
      "frames",
    );
    this.parts = new PageParts(context);
    this.levels = new LevelStrips(context);
    this.walk = new WalkList(context, (table) => this.levels.showTable(table));
    const twins = [this.levels.twin.element, ...this.parts.twins, this.frames.element];
    this.element = splitSection(
      { "aria-labelledby": "pages" },
      {
        heading: this.heading,
        stats: [this.parts.chooser, this.stats],
        drawings: [
          this.stage,
          this.legend,
          this.table.element,
          this.tlb.element,
          this.swap.element,
          this.levels.element,
        ],
        tables: [this.walk.element, el("div", { class: "twins" }, ...twins)],
      },
    );
    onWidth(this.stage, (width) => {
      this.width = width;
      this.draw();
    });
    for (const box of [this.drawing, this.table.element]) {
      box.addEventListener("pointerover", (event) => this.point(pageOf(event)));
      box.addEventListener("pointerleave", () => this.point(null));
      box.addEventListener("click", (event) => this.choose(pageOf(event)));
    }
  }

  update(snapshot: PanelSnapshot): void {
    const past = this.view;
    const view = snapshot.pages;
    this.view = view;
    if (view === null) return;
    this.move(snapshot, past, view);
    const { strings } = this.context;
    setText(
      this.heading.querySelector("p")!,
      format(strings.pagesFacts, count(view.mapped), count(view.pages), count(view.pageSize)),
    );
    const { freeFrames } = view.stats;
    const facts = (...names: StatisticName<"vm">[]): Fact[] => statisticFacts(strings, "vm", view.stats, names);
    showFacts(this.stats, [
      ...facts("references", "hits", "faults"),
      { name: strings["vm.freeFrames"], value: `${count(freeFrames)} · ${size(freeFrames * view.pageSize)}` },
      ...facts("tableBytes", "copies", "mergedPages", "swapUsed"),
      ...(view.tlb === null ? [] : facts("tlbHits", "tlbMisses")),
    ]);
    this.drawing.setAttribute("aria-label", format(strings.pagesDrawing, count(view.rows.length)));
    this.table.update(view);
    this.swap.update(view);
    this.tlb.update(view);
    this.frames.update(() => this.frameRows(view));
    this.showLegend(view);
    this.parts.update(view);
    this.walk.update(view.walk);
    this.levels.update(view);
    this.mark();
  }

  repaint(): void {
    this.draw();
  }

  dispose(): void {
    this.walk.dispose();
  }

  select(selection: Selection | null): void {
    const { view } = this;
    this.levels.select();
    const address = addressOf(selection);
    if (view === null || address === null) return;
    if (selection?.kind === "page" && selection.process !== view.process) return;
    const page = Math.floor(Number(address) / view.pageSize);
    this.selected = view.rows.find(({ vpn, span }) => vpn <= page && page < vpn + span)?.vpn ?? null;
    this.mark();
  }

  /** Page faults and evictions of one step are seen happening, twice as long where one makes room for the other. */
  private move(snapshot: PanelSnapshot, past: PagesView | null, view: PagesView): void {
    const arrival = this.steps.arrival(snapshot);
    if (arrival === "same") return;
    this.tween.finish();
    const moved = arrival === "jump" || past === null ? [] : transfers(past, view);
    if (moved.length === 0 || moved.length > transferBudget) return;
    this.moved = moved;
    this.tween.start(moved.length > 1 ? 2 : 1);
  }

  private frameRows(view: PagesView): Row[] {
    const { strings } = this.context;
    return view.cells.map(({ first, count: frames, used, tables, shared, pages }) => {
      if (frames > 1) {
        const parts = [
          format(strings.frameCell, count(used), count(frames)),
          tables === 0 ? "" : format(strings.frameTables, count(tables)),
          shared === 0 ? "" : format(strings.frameShared, count(shared)),
        ];
        return { cells: [`${first}..${first + frames}`, parts.filter((part) => part !== "").join(", ")] };
      }
      const owners = pages.map(({ process, vpn }) => format(strings.pageOf, vpn, process)).join(", ");
      const taken = tables > 0 ? strings.frameTable : owners === "" ? strings.stateUsed : owners;
      return { cells: [String(first), used === 0 ? strings.stateFree : taken] };
    });
  }

  /** The kinds of frames that the strip shows. */
  private showLegend(view: PagesView): void {
    const { strings } = this.context;
    const kinds = [
      ["used", strings.legendPages, true],
      ["tables", strings.legendTables, view.cells.some(({ tables }) => tables > 0)],
      ["shared", strings.legendShared, view.cells.some(({ shared }) => shared > 0)],
      ["free", strings.stateFree, true],
      ["absent", strings.legendNotPresent, view.rows.some(({ pfn }) => pfn === null)],
    ] as const;
    const shown = kinds.filter(([, , isShown]) => isShown);
    this.legend.replaceChildren(
      ...shown.map(([kind, text]) => el("li", {}, el("span", { class: `frame-swatch ${kind}` }), text)),
    );
  }

  private point(page: ReturnType<typeof pageOf>): void {
    const vpn = page?.process === null ? page.vpn : null;
    if (vpn === this.pointed) return;
    this.pointed = vpn;
    this.mark();
  }

  /** Marks the row, box and line of the page under the pointer, or else of the selected one. */
  private mark(): void {
    this.table.mark(this.selected, this.pointed);
    this.draw();
  }

  private choose(page: ReturnType<typeof pageOf>): void {
    const { view } = this;
    if (view === null || page === null) return;
    const { vpn, process } = page;
    const address = toHex(vpn * view.pageSize);
    this.context.select({ kind: "page", process: process ?? view.process, page: vpn, address });
  }

  private draw(): void {
    const { view } = this;
    if (view === null || this.width === 0) return;
    const { width, tween } = this;
    const selected = this.pointed ?? this.selected;
    const pages = tween.progress === 1 ? [] : underWay(this.moved, tween.progress);
    drawMapping(this.drawing, { view, width, selected, underWay: pages }, this.context.strings);
  }
}

/** The page whose box, line or row the event happened on, and its process where that is another. */
function pageOf(event: Event): { readonly vpn: number; readonly process: string | null } | null {
  const target = event.target instanceof Element ? event.target.closest("[data-vpn],[data-page]") : null;
  const vpn = target?.getAttribute("data-vpn") ?? target?.getAttribute("data-page");
  if (target === null || vpn === null || vpn === undefined) return null;
  return { vpn: Number(vpn), process: target.getAttribute("data-process") };
}
