import type { SeriesView, Snapshot } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext, Section } from "../context";
import { el, setText, svg } from "../ui/dom";
import { count, percent, size } from "../ui/numbers";
import { sectionHeading } from "../ui/parts";
import { TwinTable, type Row } from "../ui/table";
import { dashes, seriesNames, StepChart, type SeriesName } from "./chart";

/** Used, free, largest hole and fragmentation over the steps of the run; a click travels. */
export class TimelineSection implements Section {
  readonly element: HTMLElement;
  private readonly chart: StepChart;
  private readonly stage: HTMLElement;
  private readonly readout = el("p", { class: "readout muted", "aria-live": "polite" });
  private readonly toggles = new Map<SeriesName, HTMLElement>();
  private readonly twin: TwinTable;
  private snapshot: Snapshot | null = null;
  private cursor: number | null = null;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    const canvas = el("canvas", { role: "img", "aria-label": strings.timeline });
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
    );
    const legend = el("div", { class: "legend", role: "group", "aria-label": strings.timeline });
    for (const name of seriesNames) legend.append(this.toggle(name));
    this.twin = new TwinTable(
      strings.tableSeries,
      [
        { title: strings.columnStep, numeric: true },
        { title: strings.statUsed, numeric: true },
        { title: strings.statFree, numeric: true },
        { title: strings.statLargest, numeric: true },
        { title: strings.statFragmentation, numeric: true },
      ],
      strings,
      "series",
    );
    this.element = el(
      "section",
      { class: "section", "aria-labelledby": "timeline" },
      sectionHeading("timeline", strings.timeline, strings.timelineHint),
      this.stage,
      this.readout,
      legend,
      el("div", { class: "twins" }, this.twin.element),
    );
    this.chart = new StepChart(canvas, () => this.tellRange());
    this.stage.addEventListener("click", (event) => this.travel(this.chart.stepAt(this.pixel(event))));
    this.stage.addEventListener("pointermove", (event) => this.point(this.chart.stepAt(this.pixel(event))));
    this.stage.addEventListener("pointerleave", () => this.point(null));
    this.stage.addEventListener("keydown", (event) => this.key(event));
  }

  update(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    // At a step before the first heap the chart stays: it is the way back into the run.
    this.element.hidden = !snapshot.contents.curve;
    this.stage.dataset["position"] = String(snapshot.step.position);
    this.twin.update(() => this.rows(snapshot.series));
    this.read();
    this.draw();
  }

  repaint(): void {
    this.draw();
  }

  dispose(): void {
    this.chart.destroy();
  }

  private draw(): void {
    const { snapshot, context } = this;
    if (snapshot === null || !this.element.isConnected) return;
    const visible = this.visible(snapshot.series);
    for (const [name, toggle] of this.toggles) toggle.setAttribute("aria-pressed", String(visible[name]));
    const { series, step } = snapshot;
    this.chart.draw({ series, step, visible, colours: context.theme.colours, cursor: this.cursor });
  }

  /** Says on the element where the first and the last step are, in pixels from its left edge. */
  private tellRange(): void {
    const { snapshot } = this;
    if (snapshot === null) return;
    const last = snapshot.step.total ?? snapshot.step.reached;
    this.stage.dataset["range"] = `${Math.round(this.chart.pixelOf(0))}..${Math.round(this.chart.pixelOf(last))}`;
  }

  /** In a nearly empty heap the free bytes would press every other line to the ground: they start switched off. */
  private visible(series: SeriesView): Record<SeriesName, boolean> {
    const most = (values: readonly number[]): number => values.reduce((left, right) => Math.max(left, right), 0);
    const comparable = most(series.used) * 12 >= most(series.free);
    const chosen = this.context.state.series;
    return {
      used: chosen["used"] ?? true,
      free: chosen["free"] ?? comparable,
      largest: chosen["largest"] ?? comparable,
      fragmentation: chosen["fragmentation"] ?? true,
    };
  }

  private toggle(name: SeriesName): HTMLElement {
    const { strings } = this.context;
    const texts = {
      used: strings.statUsed,
      free: strings.statFree,
      largest: strings.statLargest,
      fragmentation: strings.statFragmentation,
    };
    const sample = svg(
      "svg",
      { width: 26, height: 10, "aria-hidden": "true", class: `sample ${name}` },
      svg("line", { x1: 1, y1: 5, x2: 25, y2: 5, "stroke-dasharray": dashes[name].join(" ") }),
    );
    const button = el("button", { type: "button", class: "legend-toggle", "data-series": name }, sample, texts[name]);
    button.addEventListener("click", () => {
      const shown = button.getAttribute("aria-pressed") === "true";
      this.context.remember({ series: { ...this.context.state.series, [name]: !shown } });
      this.draw();
    });
    this.toggles.set(name, button);
    return button;
  }

  private pixel(event: MouseEvent): number {
    return event.clientX - this.stage.getBoundingClientRect().left;
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

  private key(event: KeyboardEvent): void {
    const { snapshot } = this;
    if (snapshot === null) return;
    const { position, total, reached } = snapshot.step;
    const last = total ?? reached;
    const now = this.cursor ?? position;
    const leap = Math.max(1, Math.round(last / 10));
    const targets: Readonly<Partial<Record<string, number>>> = {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      PageUp: now + leap,
      PageDown: now - leap,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target !== undefined) this.point(Math.max(0, Math.min(last, target)));
    else if (event.key === "Enter") this.travel(now);
    else if (event.key === "Escape") this.point(null);
    else return;
    event.preventDefault();
  }

  /** The values at the cursor, or at the step shown. */
  private read(): void {
    const { snapshot, cursor } = this;
    if (snapshot === null) return;
    const { series, step } = snapshot;
    const wanted = cursor ?? step.position;
    const after = series.steps.findIndex((sampled) => sampled > wanted);
    const at = (after < 0 ? series.steps.length : after) - 1;
    if (at < 0) {
      setText(this.readout, "");
      return;
    }
    const { strings } = this.context;
    setText(
      this.readout,
      format(
        strings.timelineAt,
        count(wanted),
        size(series.used[at]),
        size(series.free[at]),
        size(series.largest[at]),
        percent(series.fragmentation[at]),
      ),
    );
  }

  private rows(series: SeriesView): Row[] {
    return series.steps.map((step, at) => {
      const go = el("button", { class: "link", type: "button" }, count(step));
      go.setAttribute("aria-label", format(this.context.strings.travelTo, step));
      go.addEventListener("click", () => this.travel(step));
      return {
        cells: [
          go,
          count(series.used[at]),
          count(series.free[at]),
          count(series.largest[at]),
          percent(series.fragmentation[at]),
        ],
      };
    });
  }
}
