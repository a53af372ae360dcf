import type { HeapView } from "../../src/inspector/model";
import { el } from "../ui/dom";
import { mix, Tween } from "../ui/motion";
import { placeBetween, placedList, type Placed } from "./tweenSegments";
import type { FreeListArrows } from "./freeListArrows";
import { heapFrame, heapStrip, type DrawnSegment, type HeapMarks } from "../../src/inspector/drawing/heapPicture";
import { paintItems, paintOn, prepare } from "../drawing/canvas";
import type { Colours } from "../theme";
import { mapHeight, mapMedium } from "./mapMedium";
import { Scale, type Window } from "../../src/inspector/drawing/heapScale";

/** More blocks than this on the screen are a flicker, and too much for a frame. */
const blockBudget = 300;
/** Narrower than this, in pixels, a block is not seen on its way. */
const narrowest = 0.5;

interface Past {
  readonly heap: HeapView;
  readonly window: Window;
}

/** The heap map between two steps: the picture before dissolves into the one after while borders and blocks go on. */
export class MapMotion {
  private readonly tween: Tween;
  private readonly before = el("canvas");
  private readonly after = el("canvas");
  private past: Past | null = null;

  constructor(draw: () => void) {
    this.tween = new Tween(draw);
  }

  /** Whether there is something between to draw. */
  get isUnderWay(): boolean {
    return this.past !== null && this.tween.progress < 1;
  }

  start(past: Past, present: Past): void {
    this.finish();
    const isSame = past.heap.base === present.heap.base;
    if (!isSame || [past, present].some((each) => visible(each) > blockBudget)) return;
    this.past = past;
    this.tween.start();
  }

  finish(): void {
    this.tween.finish();
    this.past = null;
  }

  /** Draws what is between the past and a heap at this moment; `marks` are those in the heap. */
  draw(
    canvas: HTMLCanvasElement,
    arrows: FreeListArrows,
    { heap, scale: last, marks, colours }: { heap: HeapView; scale: Scale; marks: HeapMarks; colours: Colours },
  ): void {
    const { past } = this;
    if (past === null) return;
    const { progress } = this.tween;
    const from = mix(past.window.from, last.window.from, progress);
    const to = mix(past.window.to, last.window.to, progress);
    const scale = new Scale({ from, to }, last.width);
    const medium = mapMedium(colours);
    const coming = placeBetween(heap, past.heap, 1 - progress);
    const strip = (sheet: HTMLCanvasElement, placed: readonly Placed[]): void => {
      const items = [heapStrip(drawnOf(placed, scale), scale.width, medium)];
      paintOn(sheet, { width: scale.width, height: mapHeight, items }, colours);
    };
    strip(this.before, placeBetween(past.heap, heap, progress));
    strip(this.after, coming);
    const context = prepare(canvas, scale.width, mapHeight);
    dissolve(context, this.before, this.after, progress, scale.width);
    const selected = coming.find(({ segment }) => segment === marks.selected) ?? null;
    paintItems(context, heapFrame(heap, scale, medium, { ...marks, hovered: null, selected }), colours);
    arrows.draw({ ...heap, freeList: placedList(heap.freeList, coming) }, scale);
  }
}

function visible({ heap, window }: Past): number {
  return heap.segments.filter(({ offset, size }) => offset < window.to && offset + size > window.from).length;
}

function drawnOf(placed: readonly Placed[], scale: Scale): DrawnSegment[] {
  return placed
    .filter((place) => scale.pixels(place.size) >= narrowest && scale.visibleMiddle(place.offset, place.size) !== null)
    .map((place) => ({ segment: place.segment, scale: scale.squeezing(place.segment, place), covers: place.moves }));
}

/** Each pixel is as far between the two pictures as `progress` says: equal pixels stay as they are. */
function dissolve(
  context: CanvasRenderingContext2D,
  before: HTMLCanvasElement,
  after: HTMLCanvasElement,
  progress: number,
  width: number,
): void {
  context.save();
  context.globalCompositeOperation = "lighter";
  context.globalAlpha = 1 - progress;
  context.drawImage(before, 0, 0, width, mapHeight);
  context.globalAlpha = progress;
  context.drawImage(after, 0, 0, width, mapHeight);
  context.restore();
}
