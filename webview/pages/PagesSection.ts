import type { PageRow, PagesView, Snapshot } from "../../src/inspector/model";
import { addressOf, type Selection } from "../../src/inspector/selection";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext, Section } from "../context";
import { StepWatch } from "../steps/StepWatch";
import { pushButton } from "../ui/button";
import { el, onWidth, setText, svg } from "../ui/dom";
import { count, size } from "../ui/numbers";
import { Tween } from "../ui/motion";
import { changeText, factList, sectionHeading } from "../ui/parts";
import { renderTable, TwinTable, type Row } from "../ui/table";
import { LevelStrips } from "./levels/LevelStrips";
import { drawMapping } from "./mapping";
import { PageParts } from "./PageParts";
import { transfers, type Transfer } from "./traffic";
import { underWay } from "./travellers";
import { WalkList } from "./WalkList";

/** More pages than this on the move at once could not be followed by eye. */
const transferBudget = 24;

/** The page table: a drawing of pages and frames, and the table itself. */
export class PagesSection implements Section {
  readonly element: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly stats = el("div");
  private readonly drawing = svg("svg", { class: "pages-drawing", role: "img" });
  private readonly stage = el("div", { class: "pages-stage" }, this.drawing);
  private readonly tableBox = el("div", { class: "page-table" });
  private readonly shown = el("span", { class: "muted" });
  private readonly previous;
  private readonly next;
  private readonly pager: HTMLElement;
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
    this.heading = sectionHeading("pages", strings.pages, "");
    const turn = (direction: 1 | -1) => (): void => {
      const { view } = this;
      if (view === null) return;
      context.post({ kind: "pageWindow", first: Math.max(0, view.first + direction * Math.max(1, view.rows.length)) });
    };
    this.previous = pushButton({ label: strings.previousRows, icon: "chevron-up", press: turn(-1) });
    this.next = pushButton({ label: strings.nextRows, icon: "chevron-down", press: turn(1) });
    this.pager = el("div", { class: "pager" }, this.previous.element, this.next.element, this.shown);
    this.frames = new TwinTable(
      strings.tableFrames,
      [{ title: strings.columnFrame, numeric: true }, { title: strings.columnContent }],
      strings,
      "frames",
    );
    this.parts = new PageParts(context);
    this.levels = new LevelStrips(context);
    this.walk = new WalkList(context, (table) => this.levels.showTable(table));
    this.element = el(
      "section",
      { class: "section", "aria-labelledby": "pages" },
      this.heading,
      this.parts.chooser,
      this.stats,
      this.stage,
      this.legend,
      this.tableBox,
      this.pager,
      this.levels.element,
      this.walk.element,
      el("div", { class: "twins" }, this.levels.twin.element, ...this.parts.twins, this.frames.element),
    );
    onWidth(this.stage, (width) => {
      this.width = width;
      this.draw();
    });
    for (const box of [this.drawing, this.tableBox]) {
      box.addEventListener("pointerover", (event) => this.point(pageOf(event)));
      box.addEventListener("pointerleave", () => this.point(null));
      box.addEventListener("click", (event) => this.choose(pageOf(event)));
    }
  }

  update(snapshot: Snapshot): void {
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
    this.stats.replaceChildren(
      factList(
        [
          { name: strings.references, value: count(view.stats.references) },
          { name: strings.hits, value: count(view.stats.hits) },
          { name: strings.faults, value: count(view.stats.faults) },
          { name: strings.framesFree, value: `${count(view.freeFrames)} · ${size(view.freeFrames * view.pageSize)}` },
          { name: strings.tableBytes, value: size(view.stats.tableBytes) },
          ...(view.stats.swapUsed === 0 ? [] : [{ name: strings.swapUsed, value: count(view.stats.swapUsed) }]),
          ...(view.tlb === null
            ? []
            : [
                { name: strings.tlbHits, value: count(view.stats.tlbHits) },
                { name: strings.tlbMisses, value: count(view.stats.tlbMisses) },
              ]),
        ],
        "stats",
      ),
    );
    this.drawing.setAttribute("aria-label", format(strings.pagesDrawing, count(view.rows.length)));
    this.showTable(view);
    this.frames.update(() => this.frameRows(view));
    this.showLegend(view);
    this.parts.update(view);
    this.walk.update(view.walk);
    this.levels.update(view);
    this.draw();
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
  private move(snapshot: Snapshot, past: PagesView | null, view: PagesView): void {
    const arrival = this.steps.arrival(snapshot);
    if (arrival === "same") return;
    this.tween.finish();
    const moved = arrival === "jump" || past === null ? [] : transfers(past, view);
    if (moved.length === 0 || moved.length > transferBudget) return;
    this.moved = moved;
    this.tween.start(moved.length > 1 ? 2 : 1);
  }

  private showTable(view: PagesView): void {
    const { strings } = this.context;
    if (view.mapped === 0) this.tableBox.replaceChildren(el("p", { class: "muted" }, strings.pagesNone));
    else {
      const columns = [
        { title: strings.columnPage, numeric: true },
        { title: strings.columnFrame, numeric: true },
        { title: strings.columnFlags },
        { title: strings.columnAccessed },
        { title: strings.columnDirty },
        { title: strings.columnMarks },
        { title: strings.columnWord, numeric: true },
        { title: strings.columnVirtual, numeric: true },
        { title: strings.columnPhysical, numeric: true },
        { title: strings.factChange },
      ];
      const rows = view.rows.map((row) => this.row(row));
      this.tableBox.replaceChildren(renderTable(columns, rows, strings.pageTable, strings));
      this.markRow();
    }
    const last = view.first + view.rows.length;
    setText(this.shown, format(strings.pagesShown, count(view.first + 1), count(last), count(view.mapped)));
    this.pager.hidden = view.rows.length === view.mapped;
    this.previous.setEnabled(view.first > 0);
    this.next.setEnabled(last < view.mapped);
  }

  private row(row: PageRow): Row {
    const { strings } = this.context;
    const answer = (value: boolean): string => (value ? strings.yes : strings.no);
    return {
      cells: [
        String(row.vpn),
        row.pfn === null ? placeOf(row, strings) : String(row.pfn),
        el("code", {}, row.permissions),
        answer(row.accessed),
        answer(row.dirty),
        marksOf(row, strings),
        row.word,
        row.virtual,
        row.physical ?? "",
        row.changed === null ? "" : changeText(row.changed, strings),
      ],
      attributes: { "data-vpn": row.vpn, "data-pfn": row.pfn, "data-changed": row.changed },
    };
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
    ] as const;
    const shown = kinds.filter(([, , isShown]) => isShown);
    this.legend.replaceChildren(
      ...shown.map(([kind, text]) => el("li", {}, el("span", { class: `frame-swatch ${kind}` }), text)),
    );
  }

  private point(vpn: number | null): void {
    if (vpn === this.pointed) return;
    this.pointed = vpn;
    this.mark();
  }

  /** Marks the row, box and line of the page under the pointer, or else of the selected one. */
  private mark(): void {
    this.markRow();
    this.draw();
  }

  private choose(vpn: number | null): void {
    const { view } = this;
    const address = view?.rows.find((row) => row.vpn === vpn)?.virtual;
    if (view === null || vpn === null || address === undefined) return;
    this.context.select({ kind: "page", process: view.process, page: vpn, address });
  }

  private markRow(): void {
    for (const row of this.tableBox.querySelectorAll("tr")) {
      const vpn = row.dataset["vpn"];
      row.classList.toggle("selected", this.selected !== null && vpn === String(this.selected));
      row.classList.toggle("pointed", this.pointed !== null && vpn === String(this.pointed));
    }
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

/** What else is to be said of an entry. */
function marksOf({ copyOnWrite, shared, global, span }: PageRow, strings: InspectorStrings): string {
  const marks = [
    copyOnWrite ? strings.markCopy : "",
    shared ? strings.markShared : "",
    global ? strings.markGlobal : "",
    span > 1 ? format(strings.markHuge, count(span)) : "",
  ];
  return marks.filter((mark) => mark !== "").join(", ");
}

/** Where a page is that has no frame. */
function placeOf(row: PageRow, strings: InspectorStrings): string {
  return row.slot === null ? strings.notTouched : format(strings.swapSlot, row.slot);
}

/** The page whose box, line or row the event happened on. */
function pageOf(event: Event): number | null {
  const target = event.target instanceof Element ? event.target.closest("[data-vpn],[data-page]") : null;
  const vpn = target?.getAttribute("data-vpn") ?? target?.getAttribute("data-page");
  return vpn === null || vpn === undefined ? null : Number(vpn);
}
