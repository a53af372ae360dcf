import type { LifetimesAnswer } from "../../src/inspector/lifetimes/answer";
import type { Recorded } from "../../src/inspector/queries/lives";
import { RepeatedRequest, requestAboutRun } from "../requestWithRetry";
import type { LifeFact, LivesAnswer } from "../../src/inspector/lifetimes/lifeFacts";
import type { PanelSnapshot } from "../../src/inspector/model";
import type { Selection } from "../../src/inspector/selection";
import { addressOf } from "../../src/inspector/selection";
import { format } from "../../src/inspector/strings";
import { toHex } from "../../src/engine/address";
import type { PanelContext } from "../context";
import { el, setProse, setText } from "../ui/dom";
import { count } from "../ui/numbers";
import { legendEntry, sectionHeading } from "../ui/parts";
import { RegionChoice } from "../ui/RegionChoice";
import { zoomButtons } from "../ui/zoom";
import type { View } from "../views/View";
import { HistoryStage } from "./HistoryStage";
import { LifeTable } from "./LifeTable";
import { lifeSentence } from "./sentence";

/** Every block of the run by address and step. */
export class HistoryView implements View {
  readonly element: HTMLElement;
  private readonly stage: HistoryStage;
  private readonly regions: RegionChoice;
  private readonly table: LifeTable;
  private readonly note = el("p", { class: "muted history-note" });
  private readonly facts = el("p", { class: "history-facts", "aria-live": "polite" });
  private answer: LifetimesAnswer | null = null;
  /** What the shown answer is about; another run has other blocks. */
  private shown = "";
  private readonly question = new RepeatedRequest<null>(
    () => this.ask(),
    () => this.element.isConnected,
  );
  private timer: number | undefined;
  /** The life under the crosshair. */
  private life: LifeFact | null = null;
  /** The selected one. */
  private marked: LifeFact | null = null;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    this.stage = new HistoryStage(context, {
      windowChanged: () => this.windowChanged(),
      pointed: () => this.pointed(),
      picked: () => void this.pick(),
      entered: () => void this.enter(),
      travelled: (step) => context.post({ kind: "travel", step }),
    });
    this.regions = new RegionChoice(strings.historyRegion, "history-region", () => {
      this.stage.reset();
      this.windowChanged();
    });
    this.table = new LifeTable(context, (question) => {
      const { region } = this.regions;
      const window = this.stage.wanted?.window ?? null;
      return requestAboutRun(this.context, { kind: "lives", region, window, ...question });
    });
    const heading = sectionHeading(context, "history", strings.history, strings.historyHint);
    heading.append(el("div", { class: "tools" }, ...zoomButtons(strings, this.stage)));
    this.element = el(
      "section",
      { class: "section history", "aria-labelledby": "history" },
      heading,
      this.regions.element,
      this.stage.element,
      this.facts,
      this.note,
      this.legend(),
      el("div", { class: "twins" }, this.table.element),
    );
  }

  update(snapshot: PanelSnapshot): void {
    const { position, total, reached } = snapshot.step;
    this.stage.showPosition(position);
    // A run that is known to its end is recorded to its end: travelling in it asks for nothing.
    const shown = `${snapshot.run} ${total ?? reached}`;
    if (shown === this.shown) return;
    if (!this.shown.startsWith(`${snapshot.run} `)) this.stage.reset();
    this.shown = shown;
    void this.refresh();
  }

  repaint(): void {
    this.stage.repaint();
  }

  /** Marks the block that has the selected address at the step shown. */
  select(selection: Selection | null): void {
    const address = addressOf(selection);
    if (address === null) this.stage.mark(null);
    else if (address !== this.marked?.address) void this.mark(Number.parseInt(address, 16));
  }

  dispose(): void {
    window.clearTimeout(this.timer);
    this.question.dispose();
  }

  private windowChanged(): void {
    void this.refresh();
    this.table.update();
  }

  /** Asks for what is in view. */
  private async refresh(): Promise<void> {
    if (this.stage.wanted !== null && this.shown !== "") await this.question.put(null);
  }

  private async ask(): Promise<(LifetimesAnswer & Recorded) | null> {
    const { wanted } = this.stage;
    if (wanted === null) return null;
    const { region } = this.regions;
    const answer = await requestAboutRun(this.context, { kind: "lifetimes", region, ...wanted });
    if (answer !== null) this.show(answer);
    return answer;
  }

  private show(answer: LifetimesAnswer & Recorded): void {
    this.answer = answer;
    const { strings } = this.context;
    this.regions.show(answer.regions, answer.region);
    this.stage.update(answer, answer.whole);
    this.stage.element.setAttribute("aria-label", format(strings.historyLabel, answer.region ?? ""));
    const aggregated = answer.picture.kind === "raster" ? strings.historyAggregated : "";
    setText(this.note, answer.isComplete ? aggregated : format(strings.historyPending, count(answer.reached)));
    this.element.dataset["picture"] = answer.picture.kind;
  }

  /** The pointer rests: tell what lies under it. */
  private pointed(): void {
    this.life = null;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.tell(), 60);
  }

  /** Tells what lies under the crosshair, and returns the first of it. */
  private async tell(): Promise<LifeFact | null> {
    const { crosshair } = this.stage;
    const lives = await this.livesAtCrosshair();
    if (crosshair === null || lives === null || crosshair !== this.stage.crosshair) return null;
    setProse(this.facts, this.sentence(lives));
    return (this.life = lives.facts.at(0) ?? null);
  }

  private sentence({ total, leaked, facts }: LivesAnswer): string {
    const { strings } = this.context;
    const { crosshair } = this.stage;
    const first = facts.at(0);
    if (first === undefined) {
      return crosshair === null ? "" : format(strings.historyNothing, count(crosshair.step), toHex(crosshair.address));
    }
    const sentence = lifeSentence(strings, first);
    return total === 1 ? sentence : `${format(strings.historyMany, count(total), count(leaked))}. ${sentence}`;
  }

  /** The lives that the pixel under the crosshair stands for, leaks first. */
  private async livesAtCrosshair(): Promise<LivesAnswer | null> {
    const window = this.stage.pixel;
    if (window === null) return null;
    return requestAboutRun(this.context, {
      kind: "lives",
      region: this.regions.region,
      window,
      order: "leaked",
      first: 0,
      count: 1,
    });
  }

  private async pick(): Promise<void> {
    const life = await this.tell();
    if (life === null) {
      this.context.select(null);
      return;
    }
    this.showMarked(life);
    this.context.select({ kind: "address", address: life.address });
  }

  private async mark(address: number): Promise<void> {
    const step = this.stage.shownStep;
    const window = { fromStep: step, toStep: step + 1, low: address, high: address + 1 };
    const { region } = this.regions;
    const lives = await requestAboutRun(this.context, {
      kind: "lives",
      region,
      window,
      order: "first",
      first: 0,
      count: 1,
    });
    this.showMarked(lives?.facts.at(0) ?? null);
  }

  private showMarked(life: LifeFact | null): void {
    this.marked = life;
    const low = Number.parseInt(life?.address ?? "", 16);
    const to = life?.ended?.step ?? (this.answer?.reached ?? 0) + 1;
    this.stage.mark(life === null ? null : { low, high: low + life.size, from: life.born, to });
  }

  private async enter(): Promise<void> {
    const life = this.life ?? (await this.tell());
    if (life !== null) this.context.post({ kind: "travel", step: life.born });
  }

  private legend(): HTMLElement {
    const { strings } = this.context;
    return el(
      "ul",
      { class: "legend", role: "list" },
      legendEntry("life-freed", strings.historyFreed),
      legendEntry("life-open", strings.historyOpen),
      legendEntry("leaked", strings.legendLeaked),
      legendEntry("life-problem", strings.historyProblem),
    );
  }
}
