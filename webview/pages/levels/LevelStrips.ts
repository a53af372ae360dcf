import { toHex } from "../../../src/engine/address";
import type { PagesView } from "../../../src/inspector/pagingModel";
import { addressOf } from "../../../src/inspector/selection";
import type { TableLevels } from "../../../src/inspector/tableStrip";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { RequestFailure } from "../../requests";
import { el, onWidth, setText } from "../../ui/dom";
import { Picture } from "../../ui/Picture";
import { TwinTable, type Row } from "../../ui/table";
import { drawBucketChain } from "./bucketChain";
import { cellsOf, idOf, leadsTo, lettersOf, wordOf, type StripCell } from "./entry";
import { entryFacts, legend } from "./entryFacts";
import { cellsIn, drawStrips, patternDefs } from "./strips";

/**
 * The page table level by level: a strip for each table on the way to the selected page. To choose an entry is to select
 * a page behind it, for all views; the tables are asked for whenever the page, the process or the step is another.
 */
export class LevelStrips {
  readonly element: HTMLElement;
  readonly twin: TwinTable;
  private readonly title = el("h3");
  private readonly picture: Picture;
  private readonly chainTitle = el("h4");
  private readonly chain = new Picture("");
  private readonly facts = el("div", { class: "entry-facts" });
  private readonly legend = el("ul", { class: "legend" });
  private levels: TableLevels | null = null;
  private view: PagesView | null = null;
  private width = 0;
  private lastQuestion = 0;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    this.picture = new Picture(strings.levels);
    const column = (title: string, numeric = false): { title: string; numeric: boolean } => ({ title, numeric });
    this.twin = new TwinTable(
      strings.levels,
      [
        column(strings.columnLevel),
        column(strings.columnEntries, true),
        column(strings.columnUsedEntries, true),
        column(strings.columnWord, true),
        column(strings.columnBits),
        column(strings.columnContent),
        column(strings.columnFlags),
        column(strings.columnOnWay),
      ],
      strings,
      "levels",
    );
    const stage = el("div", {}, this.picture.element, this.chainTitle, this.chain.element);
    this.element = el("div", { class: "structure levels" }, this.title, stage, this.legend, this.facts);
    // Until an answer has come there is nothing to draw.
    this.element.hidden = this.twin.element.hidden = true;
    onWidth(stage, (width) => {
      const isOther = cellsIn(width) !== cellsIn(this.width);
      this.width = width;
      if (isOther) this.ask();
      else this.draw();
    });
    this.picture.element.addEventListener("pointerover", ({ target }) => this.point(target));
    this.picture.element.addEventListener("focusin", ({ target }) => this.point(target));
  }

  update(view: PagesView): void {
    this.view = view;
    this.ask();
  }

  /** Another page is selected. */
  select(): void {
    this.ask();
  }

  /** Marks the entry on the way in a table, as the walk comes to it; null and others change nothing. */
  showTable(table: string | null): void {
    const cell = this.cells()
      .filter(({ strip, isOnWay }) => isOnWay && strip.table === table)
      .at(-1);
    if (cell === undefined) return;
    this.picture.mark(idOf(cell));
    this.showFacts(cell);
  }

  private ask(): void {
    const { view, context } = this;
    if (view === null) return;
    const { selection } = context;
    const isOther = selection?.kind === "page" && selection.process !== view.process;
    const question = ++this.lastQuestion;
    const cells = cellsIn(this.width);
    context
      .request({ kind: "levels", process: view.process, address: isOther ? null : addressOf(selection), cells })
      .then((levels) => {
        if (question === this.lastQuestion) this.show(levels);
      })
      .catch((error: unknown) => {
        // The next snapshot asks again.
        if (!(error instanceof RequestFailure)) throw error;
      });
  }

  private show(levels: TableLevels | null): void {
    this.levels = levels;
    this.element.hidden = levels === null;
    this.twin.element.hidden = levels === null;
    if (levels === null) return;
    const { strings } = this.context;
    const title = levels.bits.length === 0 ? strings.levelsInverted : strings.levels;
    setText(this.title, title);
    this.picture.label = title;
    this.legend.replaceChildren(...legend(levels, strings));
    this.twin.update(() => this.rows(levels));
    this.draw();
  }

  private draw(): void {
    const { levels, context, width } = this;
    if (levels === null || width === 0) return;
    const { strings } = context;
    const choose = (page: number): void => this.choose(levels, page);
    const drawing = drawStrips(levels, width, strings, choose);
    this.picture.draw(width, { ...drawing, still: [patternDefs(), ...drawing.still] });
    const last = this.cells()
      .filter(({ isOnWay }) => isOnWay)
      .at(-1);
    if (!this.picture.element.contains(document.activeElement)) {
      this.picture.mark(last === undefined ? null : idOf(last));
      this.showFacts(last);
    } else this.point(document.activeElement);
    const { chain } = levels;
    this.chainTitle.hidden = chain === null;
    this.chain.element.toggleAttribute("hidden", chain === null || chain.length === 0);
    if (chain === null) return;
    const chainTitle = chain.length === 0 ? strings.chainEmpty : strings.chainOfBucket;
    setText(this.chainTitle, chainTitle);
    this.chain.label = chainTitle;
    this.chain.draw(width, drawBucketChain(chain, levels.process, width, strings, choose));
  }

  private choose({ process, pageSize }: TableLevels, page: number): void {
    this.context.select({ kind: "page", process, page, address: toHex(page * pageSize) });
  }

  private cells(): readonly StripCell[] {
    return this.levels?.strips.flatMap(cellsOf) ?? [];
  }

  /** Shows the facts of the cell that the pointer or the focus is on. */
  private point(target: EventTarget | null): void {
    const id = target instanceof Element ? target.closest("[data-id]")?.getAttribute("data-id") : null;
    const cell = this.cells().find((one) => idOf(one) === id);
    if (cell !== undefined) this.showFacts(cell);
  }

  private showFacts(cell: StripCell | undefined): void {
    const { levels, context } = this;
    if (levels === null || cell === undefined) setText(this.facts, context.strings.levelsHint);
    else this.facts.replaceChildren(...entryFacts(levels, cell, context.strings));
  }

  private rows(levels: TableLevels): Row[] {
    const { strings } = this.context;
    const shown = levels.strips.flatMap(cellsOf).filter(({ used, isOnWay }) => used > 0 || isOnWay);
    return shown.map((cell) => {
      const [word, bits] = wordOf(levels, cell) ?? ["", ""];
      const { strip, first, end, used, isOnWay } = cell;
      return {
        cells: [
          strip.table,
          strip.perCell === 1 ? String(first) : format(strings.sizeRange, first, end - 1),
          String(used),
          word,
          bits,
          leadsTo(cell, strings),
          el("code", {}, lettersOf(cell)),
          isOnWay ? strings.yes : "",
        ],
      };
    });
  }
}
