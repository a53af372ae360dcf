import type { DeferredDrawing } from "../DeferredDrawing";
import type * as library from "./library";

type Library = typeof library;

interface DrawnChart<Picture> {
  draw(picture: Picture): void;
  destroy(): void;
}

/** A chart that is there as soon as chart.js is, which the panel loads with the first one; until then it keeps what to draw. */
export class LateChart<Chart extends DrawnChart<Picture>, Picture> {
  private chart: Chart | null = null;
  private picture: Picture | null = null;
  private isGone = false;

  constructor(
    later: DeferredDrawing,
    private readonly make: (charts: Library) => Chart,
  ) {
    later.waitFor(this.load());
  }

  /** Null until it is there. */
  get there(): Chart | null {
    return this.chart;
  }

  draw(picture: Picture): void {
    this.picture = picture;
    this.chart?.draw(picture);
  }

  destroy(): void {
    this.isGone = true;
    this.chart?.destroy();
  }

  private async load(): Promise<void> {
    const loaded = await import("./library");
    if (this.isGone) return;
    this.chart = this.make(loaded);
    if (this.picture !== null) this.chart.draw(this.picture);
  }
}
