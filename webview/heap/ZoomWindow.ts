import { fittedWindow } from "../../src/inspector/fittedWindow";
import type { HeapView, HeapSegment } from "../../src/inspector/model";
import { moved } from "../../src/inspector/drawing/interval";
import type { PanelContext } from "../context";
import { clampWindow, segmentAt, showSegment, zoomWindow, type Window } from "../../src/inspector/drawing/heapScale";

/**
 * The addresses that a heap's map shows: those that fit its blocks, or those that the user went to, which are remembered.
 * Where they have groups of blocks the host is asked for the blocks.
 */
export class ZoomWindow {
  /** Null: what fits. */
  private zoomed: Window | null;

  constructor(
    private readonly context: PanelContext,
    /** The heap's. */
    private readonly name: string,
    private readonly onChange: () => void,
  ) {
    this.zoomed = context.state.windows[name] ?? null;
  }

  of(heap: HeapView): Window {
    return this.zoomed ?? fittedWindow(heap);
  }

  /** The heap may be smaller than it was. */
  stayWithin(heap: HeapView): void {
    if (this.zoomed !== null) this.zoomed = clampWindow(this.zoomed, heap.size);
  }

  fit(heap: HeapView): void {
    this.set(heap, null);
  }

  whole(heap: HeapView): void {
    this.set(heap, { from: 0, to: heap.size });
  }

  /** Shows `factor` times as many bytes, where the one at the anchor stays in its place. */
  zoom(heap: HeapView, factor: number, anchor: number): void {
    this.set(heap, zoomWindow(this.of(heap), factor, anchor, heap.size));
  }

  /** Goes from a window by a share of its width. */
  move(heap: HeapView, window: Window, share: number): void {
    this.set(heap, clampWindow(moved(window, share * (window.to - window.from)), heap.size));
  }

  centre(heap: HeapView, offset: number): void {
    const { from, to } = this.of(heap);
    const half = (to - from) / 2;
    this.set(heap, clampWindow({ from: offset - half, to: offset + half }, heap.size));
  }

  /** Goes as far as is needed to see a block. */
  show(heap: HeapView, segment: HeapSegment): void {
    const window = this.of(heap);
    const shown = showSegment(window, segment, heap.size);
    if (shown !== window) this.set(heap, shown);
  }

  private set(heap: HeapView, window: Window | null): void {
    const { context, name } = this;
    this.zoomed = window;
    const windows = new Map(Object.entries(context.state.windows));
    if (window === null) windows.delete(name);
    else windows.set(name, window);
    context.remember({ windows: Object.fromEntries(windows) });
    this.onChange();
    if (window !== null) this.askForDetail(heap, window);
  }

  private askForDetail({ segments }: HeapView, window: Window): void {
    const from = Math.floor(window.from);
    const to = Math.ceil(window.to);
    for (let at = segmentAt(segments, from); at < segments.length && segments[at].offset < to; at++) {
      if (segments[at].kind !== "group") continue;
      this.context.post({ kind: "detail", heap: this.name, from, to });
      return;
    }
  }
}
