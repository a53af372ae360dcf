import type { HeapView, HeapSegment } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { heapOverview, heapPicture, type HeapMarks } from "../../src/inspector/drawing/heapPicture";
import { expectOn, showOn } from "../drawing/canvas";
import { el, onWidth, setAttributes, setText } from "../ui/dom";
import type { Arrival } from "../steps/StepWatch";
import { Inputs } from "../ui/Inputs";
import { zoomActions, zoomByWheel, type Zoomable } from "../ui/zoom";
import { count } from "../ui/numbers";
import { segmentFacts, segmentSentence } from "./segmentFacts";
import { FreeListArrows } from "./freeListArrows";
import { segmentByKey } from "./mapKeys";
import { MapMotion } from "./MapMotion";
import { mapMedium } from "./mapMedium";
import { Scale, segmentAt, type Window } from "../../src/inspector/drawing/heapScale";
import { ZoomWindow } from "./ZoomWindow";

/** The heap drawn to scale, with zoom, pointer and keyboard. */
export class HeapMap implements Zoomable {
  readonly element: HTMLElement;
  private readonly canvas = el("canvas", { "aria-hidden": "true" });
  private readonly overview = el("canvas", { class: "overview", "aria-hidden": "true" });
  private readonly arrows: FreeListArrows;
  private readonly stage: HTMLElement;
  private readonly facts = el("div", { class: "facts-box" });
  private readonly factsInputs = new Inputs();
  private readonly spoken = el("div", { class: "sr-only", "aria-live": "polite" });
  private heap: HeapView | null = null;
  private width = 0;
  private readonly zoomWindow: ZoomWindow;
  /** Address of the block under the keyboard; survives steps as long as a block begins there. */
  private selectedAddress: string | null = null;
  private hovered: HeapSegment | null = null;
  private drag: { readonly x: number; readonly window: Window } | null = null;
  private moved = false;
  private readonly motion = new MapMotion(() => this.draw());

  constructor(
    private readonly context: PanelContext,
    name: string,
    /** Called with the scale of every picture of the map. */
    private readonly onPaint: (scale: Scale) => void,
  ) {
    const { strings } = context;
    this.zoomWindow = new ZoomWindow(context, name, () => {
      this.motion.finish();
      this.paint();
    });
    this.arrows = new FreeListArrows(strings.listHead);
    this.stage = el(
      "div",
      {
        class: "map-stage",
        tabindex: 0,
        role: "application",
        "aria-roledescription": strings.heapMapRole,
        "data-map": name,
      },
      this.canvas,
      this.arrows.element,
    );
    this.element = el(
      "div",
      { class: "heap-map" },
      this.stage,
      el("div", { class: "overview-row", title: strings.overviewLabel }, this.overview),
      this.facts,
      this.spoken,
    );
    this.listen();
    onWidth(this.stage, (width) => {
      this.width = width;
      this.paint();
    });
  }

  /** What one step has done is seen happening. */
  update(heap: HeapView, arrival: Arrival): void {
    const past = this.heap;
    const window = past === null ? null : this.zoomWindow.of(past);
    this.heap = heap;
    this.hovered = null;
    this.zoomWindow.stayWithin(heap);
    if (arrival !== "same") this.motion.finish();
    if (arrival === "step" && past !== null && window !== null) {
      this.motion.start({ heap: past, window }, { heap, window: this.zoomWindow.of(heap) });
    }
    const { usedBlocks, freeBlocks } = heap.stats;
    const { heapMapLabel } = this.context.strings;
    setAttributes(this.stage, {
      "aria-label": format(heapMapLabel, heap.name, count(usedBlocks), count(freeBlocks)),
    });
    this.paint();
    this.showFacts();
  }

  paint(): void {
    const { heap, width } = this;
    if (heap === null || width === 0) return;
    const scale = this.scale(heap);
    const { colours } = this.context.theme;
    if (this.motion.isUnderWay) {
      expectOn(this.canvas, heapPicture(heap, scale, mapMedium(colours), this.marks));
    }
    this.draw();
    showOn(this.overview, heapOverview(heap, scale, colours.highContrast), colours);
    const { from, to } = scale.window;
    this.onPaint(scale);
    setAttributes(this.stage, { "data-window": `${Math.floor(from)}..${Math.ceil(to)}` });
  }

  zoom(factor: number, at?: MouseEvent): void {
    const { heap } = this;
    if (heap === null) return;
    if (at !== undefined) {
      this.zoomWindow.zoom(heap, factor, this.offset(heap, at));
      return;
    }
    const window = this.zoomWindow.of(heap);
    const selected = this.selected();
    const centre = selected === null ? (window.from + window.to) / 2 : selected.offset + selected.size / 2;
    const inside = centre >= window.from && centre < window.to ? centre : (window.from + window.to) / 2;
    this.zoomWindow.zoom(heap, factor, inside);
  }

  pan(share: number): void {
    if (this.heap !== null) this.zoomWindow.move(this.heap, this.zoomWindow.of(this.heap), share);
  }

  fit(): void {
    if (this.heap !== null) this.zoomWindow.fit(this.heap);
  }

  whole(): void {
    if (this.heap !== null) this.zoomWindow.whole(this.heap);
  }

  /** Selects the block that satisfies the test; false when there is none. */
  select(test: (segment: HeapSegment) => boolean): boolean {
    const segment = this.heap?.segments.filter(test).at(-1);
    if (segment === undefined) return false;
    this.choose(segment);
    this.element.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Marks the selected block if it is of this heap. */
  show(test: (segment: HeapSegment) => boolean): void {
    this.mark(this.heap?.segments.filter(test).at(-1) ?? null);
  }

  private get marks(): HeapMarks {
    const isFocused = document.activeElement === this.stage;
    return { hovered: this.hovered, selected: this.selected(), isFocused };
  }

  /** The blocks and the links between them: as they are, or on their way there. */
  private draw(): void {
    const { heap, width, marks } = this;
    if (heap === null || width === 0) return;
    const scale = this.scale(heap);
    const { colours } = this.context.theme;
    if (this.motion.isUnderWay) this.motion.draw(this.canvas, this.arrows, { heap, scale, marks, colours });
    else {
      showOn(this.canvas, heapPicture(heap, scale, mapMedium(colours), marks), colours);
      this.arrows.draw(heap, scale);
    }
  }

  private scale(heap: HeapView): Scale {
    return new Scale(this.zoomWindow.of(heap), this.width);
  }

  private selected(): HeapSegment | null {
    const { heap, selectedAddress } = this;
    if (heap === null || selectedAddress === null) return null;
    return heap.segments.find((segment) => segment.address === selectedAddress) ?? null;
  }

  /** Selects for all views, which in turn marks the block here. */
  private choose(segment: HeapSegment | null): void {
    if (segment === null) this.context.select(null);
    else if (segment.kind === "group") this.context.select({ kind: "address", address: segment.address });
    else this.context.select({ kind: "block", address: segment.address, line: segment.line });
  }

  private mark(segment: HeapSegment | null): void {
    const { heap } = this;
    const address = segment?.address ?? null;
    if (address === this.selectedAddress) return;
    this.selectedAddress = address;
    if (segment !== null && heap !== null) this.zoomWindow.show(heap, segment);
    this.paint();
    this.showFacts();
    setText(this.spoken, segment === null || heap === null ? "" : segmentSentence(this.context.strings, heap, segment));
  }

  private showFacts(): void {
    const segment = this.hovered ?? this.selected();
    const { heap, context } = this;
    setAttributes(this.stage, { "data-selected": this.selectedAddress ?? "" });
    if (!this.factsInputs.haveChanged(segment, heap?.freeListTotal)) return;
    this.facts.replaceChildren(
      segment === null || heap === null
        ? el("p", { class: "muted" }, context.strings.factsHint)
        : segmentFacts(context, heap, segment),
    );
  }

  private reveal(segment: HeapSegment | null): void {
    if (segment?.kind === "block" && segment.line !== null) {
      this.context.post({ kind: "revealLine", line: segment.line });
    }
  }

  private at(event: MouseEvent): HeapSegment | null {
    const { heap } = this;
    if (heap === null) return null;
    return heap.segments[segmentAt(heap.segments, this.offset(heap, event))] ?? null;
  }

  private offset(heap: HeapView, event: MouseEvent): number {
    return this.scale(heap).offset(event.clientX - this.stage.getBoundingClientRect().left);
  }

  private listen(): void {
    const { stage } = this;
    stage.addEventListener("pointermove", (event) => this.pointerMoved(event));
    stage.addEventListener("pointerleave", () => {
      this.hovered = null;
      this.paint();
      this.showFacts();
    });
    stage.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || this.heap === null) return;
      this.drag = { x: event.clientX, window: this.zoomWindow.of(this.heap) };
      this.moved = false;
      stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener("pointerup", () => (this.drag = null));
    stage.addEventListener("pointercancel", () => (this.drag = null));
    stage.addEventListener("click", (event) => {
      if (!this.moved) this.choose(this.at(event));
    });
    stage.addEventListener("dblclick", (event) => this.reveal(this.at(event)));
    zoomByWheel(stage, this);
    stage.addEventListener("keydown", (event) => this.key(event));
    stage.addEventListener("focus", () => this.paint());
    stage.addEventListener("blur", () => this.paint());
    this.overview.addEventListener("pointerdown", (event) => this.overviewMoved(event));
    this.overview.addEventListener("pointermove", (event) => {
      if ((event.buttons & 1) === 1) this.overviewMoved(event);
    });
  }

  private pointerMoved(event: PointerEvent): void {
    const { heap, drag } = this;
    if (heap === null) return;
    if (drag !== null && (this.moved || Math.abs(event.clientX - drag.x) > 4)) {
      this.moved = true;
      this.zoomWindow.move(heap, drag.window, (drag.x - event.clientX) / this.width);
      return;
    }
    const segment = this.at(event);
    if (segment === this.hovered) return;
    this.hovered = segment;
    this.paint();
    this.showFacts();
  }

  private overviewMoved(event: PointerEvent): void {
    const { heap } = this;
    if (heap === null) return;
    const box = this.overview.getBoundingClientRect();
    this.zoomWindow.centre(heap, ((event.clientX - box.left) / box.width) * heap.size);
  }

  private key(event: KeyboardEvent): void {
    const { heap } = this;
    if (heap === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = this.selected();
    const actions: Readonly<Partial<Record<string, () => void>>> = {
      Enter: () => this.reveal(now),
      Escape: () => this.choose(null),
      ...zoomActions(this),
    };
    const next = segmentByKey(event.key, heap, now);
    const action = actions[event.key];
    if (action === undefined && next === undefined) return;
    event.preventDefault();
    action?.();
    if (next !== null && next !== undefined) this.choose(next);
  }
}
