import type { LifetimesAnswer } from "../../src/inspector/lifetimes/answer";
import type { LifeWindow } from "../../src/inspector/lifetimes/window";
import { toHex } from "../../src/engine/address";
import type { PanelContext } from "../context";
import { measureIn, showOn } from "../drawing/canvas";
import type { Bitmap, Item } from "../../src/inspector/drawing/displayList";
import { el, onWidth } from "../ui/dom";
import { zoomActions, zoomByWheel, type Zoomable } from "../ui/zoom";
import {
  axisItems,
  bottomRoom,
  cursorItems,
  leftRoom,
  livesItems,
  problemItems,
  rasterBitmap,
  rightRoom,
  topRoom,
  type Cursors,
} from "./historyPicture";
import { clampWindow, isSameWindow, panWindow, Plot, zoomWindow, type Point } from "./plot";

export const stageHeight = 360;

export type Spot = NonNullable<Cursors["crosshair"]>;

export interface StageEvents {
  /** Another window is in view: null is everything. */
  windowChanged(): void;
  /** The crosshair is somewhere else, or gone. */
  pointed(): void;
  /** The block under the crosshair was clicked. */
  picked(): void;
  /** Enter was pressed: to the birth of what lies under the crosshair. */
  entered(): void;
  /** A step was chosen on the axis. */
  travelled(step: number): void;
}

/** The drawing with its zoom, pointer and keyboard. */
export class HistoryStage implements Zoomable {
  readonly element: HTMLElement;
  private readonly picture = el("canvas", { "aria-hidden": "true" });
  private readonly overlay = el("canvas", { class: "overlay", "aria-hidden": "true" });
  private answer: LifetimesAnswer | null = null;
  /** The answer's raster in the theme's colours; null until it is drawn. */
  private bitmap: Bitmap | null = null;
  private width = 0;
  /** Null: everything. */
  private zoomed: LifeWindow | null = null;
  private whole: LifeWindow = { fromStep: 0, toStep: 1, low: 0, high: 1 };
  private position = 0;
  private spot: Spot | null = null;
  private drag: Point | null = null;
  private box: Cursors["box"] = null;
  private marked: Cursors["selected"] = null;

  constructor(
    private readonly context: PanelContext,
    private readonly events: StageEvents,
  ) {
    this.element = el(
      "div",
      {
        class: "history-stage",
        tabindex: 0,
        role: "application",
        "aria-roledescription": context.strings.historyRole,
      },
      this.picture,
      this.overlay,
    );
    onWidth(this.element, (width) => {
      this.width = width;
      this.paint();
      this.events.windowChanged();
    });
    this.listen();
  }

  /** What to ask the host for; null before the stage is on the page. */
  get wanted(): { readonly window: LifeWindow | null; readonly width: number; readonly height: number } | null {
    if (this.width === 0) return null;
    const { width, height } = this.plot;
    return { window: this.zoomed, width, height };
  }

  get shownStep(): number {
    return this.position;
  }

  get crosshair(): Spot | null {
    return this.spot;
  }

  /** What the pixel under the crosshair stands for. */
  get pixel(): LifeWindow | null {
    return this.spot === null ? null : this.plot.pixelWindow(this.spot.step, this.spot.address);
  }

  update(answer: LifetimesAnswer, whole: LifeWindow): void {
    this.answer = answer;
    this.whole = whole;
    if (this.zoomed !== null) this.zoomed = clampWindow(this.zoomed, whole);
    this.bitmap = null;
    this.paint();
  }

  showPosition(position: number): void {
    if (position === this.position) return;
    this.position = position;
    this.paintOverlay();
  }

  mark(marked: Cursors["selected"]): void {
    this.marked = marked;
    this.paintOverlay();
  }

  /** The colours have changed. */
  repaint(): void {
    this.bitmap = null;
    this.paint();
  }

  /** Forgets zoom and crosshair, as for another region. */
  reset(): void {
    this.zoomed = this.marked = this.spot = null;
  }

  zoom(factor: number, at?: MouseEvent): void {
    const { window } = this.plot;
    const spot = at === undefined ? this.spot : this.plot.at(this.point(at));
    const step = spot === null ? (window.fromStep + window.toStep) / 2 : spot.step + 0.5;
    const address = spot === null ? (window.low + window.high) / 2 : spot.address + 0.5;
    this.setWindow(zoomWindow(window, factor, step, address));
  }

  pan(share: number): void {
    const { window } = this.plot;
    this.setWindow(panWindow(window, share * (window.toStep - window.fromStep), 0));
  }

  fit(): void {
    this.setWindow(null);
  }

  private get plot(): Plot {
    const width = Math.max(1, this.width - leftRoom - rightRoom);
    const height = stageHeight - topRoom - bottomRoom;
    return new Plot(this.zoomed ?? this.whole, leftRoom, topRoom, width, height);
  }

  private setWindow(window: LifeWindow | null): void {
    const clamped = window === null ? null : clampWindow(window, this.whole);
    this.zoomed = clamped === null || isSameWindow(clamped, this.whole) ? null : clamped;
    this.paint();
    this.events.windowChanged();
  }

  private paint(): void {
    if (this.width === 0) return;
    this.paintPicture();
    this.paintOverlay();
    const { plot } = this;
    const { fromStep, toStep, low, high } = plot.window;
    const { dataset } = this.element;
    dataset["window"] = `${fromStep}..${toStep} ${toHex(low)}..${toHex(high)}`;
    dataset["plot"] = [plot.left, plot.top, plot.width, plot.height].join(" ");
  }

  private paintPicture(): void {
    const { answer, plot } = this;
    const { colours } = this.context.theme;
    if (answer === null) {
      this.show(this.picture, []);
      return;
    }
    if (answer.picture.kind === "raster") this.bitmap ??= rasterBitmap(answer.picture.raster, colours);
    this.show(this.picture, [
      ...livesItems(plot, answer, this.bitmap, colours.highContrast),
      ...axisItems(plot, measureIn(colours)),
      ...problemItems(plot, answer),
    ]);
  }

  private show(canvas: HTMLCanvasElement, items: readonly Item[]): void {
    showOn(canvas, { width: this.width, height: stageHeight, items }, this.context.theme.colours);
  }

  private paintOverlay(): void {
    if (this.width === 0) return;
    const { answer, position, spot, box, marked } = this;
    const cursors = { position, crosshair: spot, box, selected: marked };
    this.show(this.overlay, answer === null ? [] : cursorItems(this.plot, cursors));
    if (answer === null) return;
    const { dataset } = this.element;
    dataset["position"] = String(position);
    dataset["crosshair"] = spot === null ? "" : `${spot.step} ${toHex(spot.address)}`;
  }

  private listen(): void {
    const stage = this.element;
    stage.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || this.answer === null) return;
      this.drag = this.point(event);
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointermove", (event) => this.pointerMoved(event));
    stage.addEventListener("pointerup", (event) => this.released(this.point(event)));
    stage.addEventListener("pointercancel", () => this.endDrag());
    zoomByWheel(stage, this);
    stage.addEventListener("keydown", (event) => this.key(event));
  }

  private pointerMoved(event: PointerEvent): void {
    const point = this.point(event);
    const { drag } = this;
    if (drag !== null && (this.box !== null || Math.hypot(point.x - drag.x, point.y - drag.y) > 4)) {
      const x = Math.min(drag.x, point.x);
      const y = Math.min(drag.y, point.y);
      this.box = { x, y, width: Math.abs(point.x - drag.x), height: Math.abs(point.y - drag.y) };
      this.paintOverlay();
    } else if (this.answer !== null && this.isInside(point)) this.moveTo(this.plot.at(point));
  }

  private released(point: Point): void {
    const { box, drag, plot } = this;
    this.endDrag();
    if (drag === null) return;
    if (box !== null) {
      const start = plot.at(box);
      const end = plot.at({ x: box.x + box.width, y: box.y + box.height });
      this.setWindow({ fromStep: start.step, toStep: end.step + 1, low: end.address, high: start.address + 1 });
    } else if (point.y > plot.top + plot.height) this.events.travelled(this.stepOnAxis(point));
    else if (this.isInside(point)) {
      this.moveTo(plot.at(point));
      this.events.picked();
    }
  }

  /** A step of the axis; one with a problem where its mark is near. */
  private stepOnAxis(point: Point): number {
    const { plot, answer } = this;
    const { step } = plot.at(point);
    let nearest: number | null = null;
    for (const marked of answer?.problems.steps ?? []) {
      const distance = Math.abs(plot.x(marked + 0.5) - point.x);
      if (distance <= 6 && (nearest === null || distance < Math.abs(plot.x(nearest + 0.5) - point.x))) nearest = marked;
    }
    return nearest ?? step;
  }

  private endDrag(): void {
    this.drag = null;
    this.box = null;
    this.paintOverlay();
  }

  private key(event: KeyboardEvent): void {
    if (this.answer === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { plot } = this;
    const { window } = plot;
    const steps = Math.max(1, Math.round((window.toStep - window.fromStep) / 100));
    const bytes = Math.max(1, Math.round((window.high - window.low) / 100));
    const go = (right: number, up: number): void => {
      if (event.shiftKey) this.setWindow(panWindow(window, right * steps * 10, up * bytes * 10));
      else this.step(right * steps, up * bytes);
    };
    const actions: Readonly<Partial<Record<string, () => void>>> = {
      ArrowRight: () => go(1, 0),
      ArrowLeft: () => go(-1, 0),
      ArrowUp: () => go(0, 1),
      ArrowDown: () => go(0, -1),
      Home: () => this.step(-Infinity, 0),
      End: () => this.step(Infinity, 0),
      Enter: () => this.events.entered(),
      " ": () => this.events.picked(),
      Escape: () => this.moveTo(null),
      ...zoomActions(this),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  /** Moves the crosshair, which starts at the step shown, in the middle of the addresses. */
  private step(right: number, up: number): void {
    const { window } = this.plot;
    const middle = Math.floor((window.low + window.high) / 2);
    const start = this.spot ?? { step: this.position - right, address: middle - up };
    this.moveTo({
      step: Math.max(window.fromStep, Math.min(window.toStep - 1, start.step + right)),
      address: Math.max(window.low, Math.min(window.high - 1, start.address + up)),
    });
  }

  private moveTo(spot: Spot | null): void {
    if (spot?.step === this.spot?.step && spot?.address === this.spot?.address) return;
    this.spot = spot;
    this.paintOverlay();
    this.events.pointed();
  }

  private isInside({ x, y }: Point): boolean {
    const { left, top, width, height } = this.plot;
    return x >= left && x < left + width && y >= top && y < top + height;
  }

  private point(event: MouseEvent): Point {
    const box = this.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
