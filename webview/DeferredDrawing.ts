/**
 * What may be drawn a moment later than the rest: parts out of sight, and parts that the eye can't follow while one step
 * chases the other. Each is drawn in a frame in which no new step has come, one a frame, so that none of them delays a step.
 */
export class DeferredDrawing {
  private readonly waiting = new Map<object, () => void>();
  /** Promises that are not settled. */
  private expected = 0;

  /** `wake` is called when there is something to draw: it requests a frame. */
  constructor(private readonly wake: () => void) {}

  get isEmpty(): boolean {
    return this.waiting.size === 0 && this.expected === 0;
  }

  /** Puts a drawing off, in place of the one that its owner has put off before. */
  put(owner: object, draw: () => void): void {
    this.waiting.delete(owner);
    this.waiting.set(owner, draw);
    this.wake();
  }

  /** Counts as something to draw until the promise is settled; what it draws, it draws by itself. */
  waitFor(coming: Promise<void>): void {
    this.expected++;
    this.wake();
    const settled = (): void => {
      this.expected--;
    };
    coming.then(settled, (reason: unknown) => {
      settled();
      console.warn(`A drawing did not load: ${String(reason)}`);
    });
  }

  /** What the owner has put off is out of date. */
  drop(owner: object): void {
    this.waiting.delete(owner);
  }

  /** Draws what has waited longest. */
  drawNext(): void {
    for (const [owner, draw] of this.waiting) {
      this.waiting.delete(owner);
      draw();
      return;
    }
  }
}
