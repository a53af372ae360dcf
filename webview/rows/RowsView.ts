import type { PanelSnapshot } from "../../src/inspector/model";
import { clamped, moved, rounded, zoomed, type Interval } from "../../src/inspector/drawing/interval";
import { rowPicture, rowRuler, type RowMedium, type RowScale } from "../../src/inspector/drawing/rowPicture";
import type { Recorded } from "../../src/inspector/queries/lives";
import type { RowHead, RowsAnswer } from "../../src/inspector/rows/rows";
import type { Selection } from "../../src/inspector/selection";
import { addressOf } from "../../src/inspector/selection";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { RepeatedRequest, requestAboutRun } from "../requestWithRetry";
import { measureIn, showOn } from "../drawing/canvas";
import { pushButton } from "../ui/button";
import { el, onWidth, setAttributes, setProse } from "../ui/dom";
import { blocks, count } from "../ui/numbers";
import { sectionHeading } from "../ui/parts";
import { RegionChoice } from "../ui/RegionChoice";
import { zoomActions, zoomButtons, zoomByWheel, type Zoomable } from "../ui/zoom";
import type { View } from "../views/View";
import { RowLine } from "./RowLine";
import { rowHeight, RowScroll } from "./scroll";

/** Rows asked for beyond those in view, on either side, once those in view are there. */
const margin = 12;
const leastBytes = 64;

/** One row per step, showing the blocks after it, by address. Only rows in view exist. */
export class RowsView implements View, Zoomable {
  readonly element: HTMLElement;
  private readonly regions: RegionChoice;
  private readonly ruler = el("canvas", { class: "rows-ruler", "aria-hidden": "true" });
  private readonly lines = el("div", { class: "rows-lines", role: "presentation" });
  private readonly spacer = el("div", { class: "rows-spacer", role: "presentation" }, this.lines);
  private readonly list: HTMLElement;
  private readonly facts = el("p", { class: "rows-facts" });
  private readonly pool: RowLine[] = [];
  private answer: RowsAnswer | null = null;
  private whole: Interval | null = null;
  /** Null: all addresses. */
  private range: Interval | null = null;
  private shown = "";
  private rows = 0;
  private position = 0;
  /** The step under the keyboard. */
  private active = 1;
  private width = 0;
  /** Height of the list and how far it is scrolled, in pixels: asking the page in the midst of changes costs a layout. */
  private box = 0;
  private top = 0;
  /** For rows in view, and so many beyond them on either side. */
  private readonly question = new RepeatedRequest<number>(
    (beyond) => this.ask(beyond),
    () => this.element.isConnected,
  );

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    const heading = sectionHeading(context, "rows", strings.rows, strings.rowsHint);
    const save = () => context.post({ kind: "saveRows", region: this.regions.region });
    heading.append(
      el(
        "div",
        { class: "tools" },
        ...zoomButtons(strings, this),
        pushButton({ label: strings.rowsExport, icon: "save-as", id: "saveRows", press: save }).element,
      ),
    );
    this.regions = new RegionChoice(strings.historyRegion, "rows-region", () => {
      this.range = null;
      void this.refresh();
    });
    this.list = el("div", { class: "rows-list", tabindex: 0, role: "listbox" }, this.spacer);
    const measure = el("div", { class: "rows-measure" }, this.ruler);
    this.element = el(
      "section",
      { class: "section rows", "aria-labelledby": "rows" },
      heading,
      this.regions.element,
      el(
        "div",
        { class: "rows-head", "aria-hidden": "true" },
        el("span", {}, strings.columnStep),
        el("span", {}, strings.columnLine),
        el("span", {}, strings.columnStatement),
        measure,
      ),
      this.list,
      this.facts,
    );
    onWidth(measure, (width) => {
      this.width = width;
      void this.refresh();
    });
    new ResizeObserver(() => {
      if (this.list.clientHeight > 0) this.box = this.list.clientHeight;
    }).observe(this.list);
    this.list.addEventListener("scroll", () => {
      if (this.list.scrollTop === this.top) return;
      this.top = this.list.scrollTop;
      this.scrolled();
    });
    this.list.addEventListener("keydown", (event) => this.key(event));
    zoomByWheel(this.list, this, true);
  }

  update(snapshot: PanelSnapshot): void {
    const { position, total, reached } = snapshot.step;
    const shown = `${snapshot.run} ${total ?? reached}`;
    const isMoved = position !== this.position;
    const isNew = shown !== this.shown;
    if (!this.shown.startsWith(`${snapshot.run} `)) this.range = this.answer = null;
    this.shown = shown;
    this.position = position;
    this.rows = total ?? reached;
    this.top = this.list.scrollTop;
    if (this.box === 0) this.box = this.list.clientHeight;
    if (isNew) this.spacer.style.height = `${this.scroll.height}px`;
    if (isMoved || isNew) this.activate(Math.max(1, position));
    if (isNew) void this.refresh();
  }

  repaint(): void {
    this.draw();
  }

  /** Zooms so that the selected block is in view. */
  select(selection: Selection | null): void {
    const address = addressOf(selection);
    if (address === null || this.range === null) return;
    const at = Number.parseInt(address, 16);
    const { from, to } = this.range;
    if (at < from || at >= to) this.show(moved(this.range, at - (from + to) / 2));
  }

  dispose(): void {
    this.question.dispose();
  }

  private get scroll(): RowScroll {
    return new RowScroll(this.rows, this.box);
  }

  private get first(): number {
    return this.scroll.first(this.top) + 1;
  }

  private scrolled(): void {
    this.draw();
    const { first } = this;
    const last = Math.min(this.rows, first + this.scroll.visible);
    if (this.headOf(first) === undefined || this.headOf(last) === undefined) void this.refresh();
  }

  /** Asks for the rows in view and some beyond. */
  private async refresh(beyond = 0): Promise<void> {
    if (this.width > 0 && this.shown !== "") await this.question.put(beyond);
  }

  private async ask(beyond: number): Promise<(RowsAnswer & Recorded) | null> {
    const first = Math.max(1, this.first - beyond);
    const { region } = this.regions;
    const { width } = this;
    const range = this.range && { low: this.range.from, high: this.range.to };
    const rows = this.scroll.visible + 1 + 2 * beyond;
    const answer = await requestAboutRun(this.context, { kind: "rows", region, first, count: rows, range, width });
    if (answer !== null) this.take(answer);
    // Whoever travels fast needs no more than what is in view.
    if (beyond === 0 && answer?.isComplete === true) this.context.later.put(this, () => void this.refresh(margin));
    return answer;
  }

  private take(answer: RowsAnswer): void {
    this.answer = answer;
    if (this.range === null) this.whole = { from: answer.low, to: answer.high };
    this.regions.show(answer.regions, answer.region);
    this.list.setAttribute("aria-label", format(this.context.strings.rowsLabel, answer.region ?? ""));
    this.element.dataset["range"] = `${answer.low}..${answer.high}`;
    const { colours } = this.context.theme;
    showOn(this.ruler, rowRuler(this.scale(answer), measureIn(colours)), colours);
    this.draw();
    this.tell();
  }

  private scale({ low, high }: RowsAnswer): RowScale {
    return { low, high, width: this.width };
  }

  private headOf(step: number): RowHead | undefined {
    const { answer } = this;
    return answer?.heads[step - (answer.heads.at(0)?.step ?? 0)];
  }

  /** Fills as many lines as fit; what the host has not answered yet keeps its place. */
  private draw(): void {
    if (!this.element.isConnected || this.width === 0) return;
    const { scroll, first, answer } = this;
    const wanted = Math.min(scroll.visible + 1, this.rows - first + 1);
    while (this.pool.length < wanted) {
      const line = new RowLine((step) => this.travel(step));
      this.pool.push(line);
      this.lines.append(line.element);
    }
    const { colours } = this.context.theme;
    const medium: RowMedium = {
      height: rowHeight,
      isHighContrast: colours.highContrast,
      measure: measureIn(colours),
    };
    this.lines.style.transform = `translateY(${scroll.offset(this.top)}px)`;
    for (const [at, line] of this.pool.entries()) {
      const step = first + at;
      line.element.hidden = at >= wanted;
      if (at >= wanted) continue;
      const head = this.headOf(step);
      line.show(step, head, this.rows, head === undefined ? count(step) : this.sentence(head));
      setAttributes(line.element, {
        "aria-selected": String(step === this.active),
        "data-current": step === this.position,
      });
      if (answer === null || head === undefined) continue;
      const row = step - answer.heads[0].step;
      showOn(line.canvas, rowPicture(answer.segments, row, this.scale(answer), medium), colours);
    }
    this.list.setAttribute("aria-activedescendant", `row-${this.active}`);
  }

  private sentence({ step, line, text, message }: RowHead): string {
    const { strings } = this.context;
    const what = message === "" ? blocks(this.blocksAfter(step), strings) : message;
    return format(strings.rowsRow, count(step), line + 1, text.trim(), what);
  }

  private blocksAfter(step: number): number {
    const { answer } = this;
    const row = step - (answer?.heads.at(0)?.step ?? 0);
    return answer?.segments.counts[row] ?? 0;
  }

  private tell(): void {
    const head = this.headOf(this.active);
    setProse(this.facts, head === undefined ? "" : this.sentence(head));
  }

  private travel(step: number): void {
    this.active = step;
    this.context.post({ kind: "travel", step });
    this.draw();
    this.tell();
  }

  /** Makes a step the active one and scrolls it into view. */
  private activate(step: number): void {
    this.active = Math.max(1, Math.min(Math.max(1, this.rows), step));
    const { scroll } = this;
    const first = scroll.firstToShow(this.active - 1, this.first - 1);
    if (first !== this.first - 1) {
      this.list.scrollTop = scroll.topOf(first);
      this.top = this.list.scrollTop;
    }
    this.scrolled();
    this.tell();
  }

  zoom(factor: number, at?: MouseEvent): void {
    const now = this.range ?? this.whole;
    if (now === null || this.whole === null) return;
    const box = this.ruler.getBoundingClientRect();
    const share = at === undefined ? 0.5 : Math.max(0, Math.min(1, (at.clientX - box.left) / box.width));
    this.show(zoomed(now, factor, now.from + share * (now.to - now.from), this.whole, leastBytes));
  }

  pan(share: number): void {
    const { range } = this;
    if (range !== null) this.show(moved(range, share * (range.to - range.from)));
  }

  fit(): void {
    this.show(null);
  }

  private show(range: Interval | null): void {
    const { whole } = this;
    const isPart = range !== null && whole !== null && range.to - range.from < whole.to - whole.from;
    this.range = isPart ? clamped(rounded(range), whole, leastBytes) : null;
    void this.refresh();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { active, scroll } = this;
    const actions: Readonly<Partial<Record<string, () => void>>> = {
      ArrowDown: () => this.activate(active + 1),
      ArrowUp: () => this.activate(active - 1),
      PageDown: () => this.activate(active + scroll.visible - 1),
      PageUp: () => this.activate(active - scroll.visible + 1),
      Home: () => this.activate(1),
      End: () => this.activate(this.rows),
      ArrowRight: () => this.pan(0.1),
      ArrowLeft: () => this.pan(-0.1),
      Enter: () => this.travel(active),
      ...zoomActions(this),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}
