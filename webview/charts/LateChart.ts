import type { Later } from "../Later";

type Library = typeof import("./library");

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
    later: Later,
    private readonly make: (library: Library) => Chart,
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
    const library = await import("./library");
    if (this.isGone) return;
    this.chart = this.make(library);
    if (this.picture !== null) this.chart.draw(this.picture);
  }
}
