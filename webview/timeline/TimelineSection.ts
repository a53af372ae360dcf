import type { SeriesView, PanelSnapshot } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext, Section } from "../context";
import { LateChart } from "../charts/LateChart";
import { pushButton, type PushButton } from "../ui/button";
import { el, setAttributes, setText, svg } from "../ui/dom";
import { count } from "../ui/numbers";
import { sectionHeading } from "../ui/parts";
import { splitSection } from "../ui/splitSection";
import { TwinTable, type Row } from "../ui/table";
import { zoomActions, zoomByWheel, type Zoomable } from "../ui/zoom";
import type { ChartPicture, StepChart } from "./StepChart";
import { holding, lastStep, panned, zoomedSteps, type StepRange } from "./range";
import { looksOf, seriesLooks, shownLooks, valueText, type SeriesLook, type SeriesName } from "./series";

const panShare = 0.2;

/** Bytes, shares and faults over the steps of the run, as lines that zoom; a click travels. */
export class TimelineSection implements Section, Zoomable {
  readonly element: HTMLElement;
  private readonly chart: LateChart<StepChart, ChartPicture>;
  private readonly stage: HTMLElement;
  private readonly readout = el("p", { class: "readout muted", "aria-live": "polite" });
  private readonly rangeText = el("p", { class: "muted", "aria-live": "polite" });
  private readonly showAll: PushButton;
  private readonly toggles = new Map<SeriesName, HTMLElement>();
  private readonly twin: TwinTable;
  private snapshot: PanelSnapshot | null = null;
  private cursor: number | null = null;
  private range: StepRange = null;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    const canvas = el("canvas", { role: "img", "aria-label": strings.timeline });
    const marks = el("canvas", { class: "marks", "aria-hidden": "true" });
    this.stage = el(
      "div",
      {
        class: "chart-stage",
        tabindex: 0,
        role: "application",
        "aria-roledescription": strings.timelineRole,
        "aria-label": strings.timelineLabel,
      },
      canvas,
      marks,
    );
    const legend = el("div", { class: "legend", role: "group", "aria-label": strings.timeline });
    for (const look of seriesLooks) legend.append(this.toggle(look));
    this.showAll = pushButton({
      label: strings.timelineAll,
      icon: "screen-full",
      id: "timelineAll",
      press: () => this.show(null),
    });
    const columns = seriesLooks.map(({ label }) => ({ title: strings[label], numeric: true }));
    this.twin = new TwinTable(
      strings.tableSeries,
      [{ title: strings.columnStep, numeric: true }, ...columns],
      strings,
      "series",
    );
    this.element = splitSection(
      { "aria-labelledby": "timeline" },
      {
        heading: sectionHeading(context, "timeline", strings.timeline, strings.timelineHint),
        drawings: [this.stage],
        tables: [
          el("div", { class: "timeline-range" }, this.showAll.element, this.rangeText),
          this.readout,
          legend,
          el("div", { class: "twins" }, this.twin.element),
        ],
      },
    );
    this.chart = new LateChart(context.later, (charts) => new charts.StepChart(canvas, marks, () => this.tellRange()));
    this.stage.addEventListener("click", (event) => this.travel(this.stepAt(event)));
    this.stage.addEventListener("pointermove", (event) => this.point(this.stepAt(event)));
    this.stage.addEventListener("pointerleave", () => this.point(null));
    this.stage.addEventListener("keydown", (event) => this.key(event));
    zoomByWheel(this.stage, this);
  }

  update(snapshot: PanelSnapshot): void {
    this.snapshot = snapshot;
    // At a step before the first heap the chart stays: it is the way back into the run.
    this.element.hidden = !snapshot.contents.includes("series");
    this.stage.dataset["position"] = String(snapshot.step.position);
    this.twin.update(() => this.rows(snapshot.series));
    this.read();
    this.draw();
  }

  repaint(): void {
    this.draw();
  }

  zoom(factor: number, at?: MouseEvent): void {
    const { snapshot, cursor, range } = this;
    if (snapshot === null) return;
    const anchor = at === undefined ? (cursor ?? snapshot.step.position) : this.stepAt(at);
    this.show(zoomedSteps(range, lastStep(snapshot), anchor, factor));
  }

  pan(share: number): void {
    if (this.snapshot !== null) this.show(panned(this.range, lastStep(this.snapshot), share));
  }

  fit(): void {
    this.show(null);
  }

  dispose(): void {
    this.chart.destroy();
  }

  private draw(): void {
    const { snapshot, context, range } = this;
    if (snapshot === null || !this.element.isConnected) return;
    const { series, step } = snapshot;
    const looks = shownLooks(series, context.state.series);
    const known = looksOf(series);
    for (const look of seriesLooks) {
      const toggle = this.toggles.get(look.name)!;
      setAttributes(toggle, { "aria-pressed": String(looks.includes(look)) });
      toggle.hidden = !known.includes(look);
    }
    this.showAll.setEnabled(range !== null);
    const { from, to } = range ?? { from: 0, to: lastStep(snapshot) };
    setText(this.rangeText, format(context.strings.timelineSteps, count(Math.round(from)), count(Math.round(to))));
    this.chart.draw({ series, step, looks, range, colours: context.theme.colours, cursor: this.cursor });
  }

  /** Says on the element where the first and the last step are, in pixels from its left edge. */
  private tellRange(): void {
    const { snapshot } = this;
    const chart = this.chart.there;
    if (snapshot === null || chart === null) return;
    const last = snapshot.step.total ?? snapshot.step.reached;
    this.stage.dataset["range"] = `${Math.round(chart.pixelOf(0))}..${Math.round(chart.pixelOf(last))}`;
  }

  private toggle({ name, dash, label }: SeriesLook): HTMLElement {
    const sample = svg(
      "svg",
      { width: 26, height: 10, "aria-hidden": "true", class: `sample ${name}` },
      svg("line", { x1: 1, y1: 5, x2: 25, y2: 5, "stroke-dasharray": dash.join(" ") }),
    );
    const text = this.context.strings[label];
    const button = el("button", { type: "button", class: "legend-toggle", "data-series": name }, sample, text);
    button.addEventListener("click", () => {
      const isShown = button.getAttribute("aria-pressed") === "true";
      this.context.remember({ series: { ...this.context.state.series, [name]: !isShown } });
      this.draw();
    });
    this.toggles.set(name, button);
    return button;
  }

  /** The step under the pointer; the one shown while there is no chart yet. */
  private stepAt({ clientX }: MouseEvent): number {
    const x = clientX - this.stage.getBoundingClientRect().left;
    return this.chart.there?.stepAt(x) ?? this.snapshot?.step.position ?? 0;
  }

  private point(step: number | null): void {
    if (step === this.cursor) return;
    this.cursor = step;
    this.read();
    this.draw();
  }

  private travel(step: number): void {
    this.context.post({ kind: "travel", step });
  }

  private show(range: StepRange): void {
    this.range = range;
    this.draw();
  }

  private key(event: KeyboardEvent): void {
    const { snapshot } = this;
    if (snapshot === null) return;
    const { position } = snapshot.step;
    const last = lastStep(snapshot);
    const now = this.cursor ?? position;
    const leap = Math.max(1, Math.round(last / 10));
    const move = (step: number): void => {
      const target = Math.max(0, Math.min(last, step));
      this.range = holding(this.range, last, target);
      this.point(target);
    };
    const actions: Readonly<Partial<Record<string, () => void>>> = {
      ArrowRight: () => (event.shiftKey ? this.pan(panShare) : move(now + 1)),
      ArrowLeft: () => (event.shiftKey ? this.pan(-panShare) : move(now - 1)),
      PageUp: () => move(now + leap),
      PageDown: () => move(now - leap),
      Home: () => move(0),
      End: () => move(last),
      Enter: () => this.travel(now),
      Escape: () => this.point(null),
      ...zoomActions(this),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    action();
    event.preventDefault();
  }

  /** The values at the cursor, or at the step shown. */
  private read(): void {
    const { snapshot, cursor } = this;
    if (snapshot === null) return;
    const { strings } = this.context;
    const { series, step } = snapshot;
    const wanted = cursor ?? step.position;
    const after = series.steps.findIndex((sampled) => sampled > wanted);
    const at = (after < 0 ? series.steps.length : after) - 1;
    const values = looksOf(series).map(({ name, axis, label }) =>
      format(strings.timelineValue, strings[label], valueText(axis, series[name][at] ?? 0)),
    );
    setText(this.readout, at < 0 ? "" : format(strings.timelineAt, count(wanted), values.join(", ")));
  }

  private rows(series: SeriesView): Row[] {
    return series.steps.map((step, at) => {
      const go = el("button", { class: "link", type: "button" }, count(step));
      go.setAttribute("aria-label", format(this.context.strings.travelTo, step));
      go.addEventListener("click", () => this.travel(step));
      const cells = seriesLooks.map(({ name, axis }) => {
        const value = series[name][at] ?? 0;
        return axis === "bytes" ? count(value) : valueText(axis, value);
      });
      return { cells: [go, ...cells] };
    });
  }
}
