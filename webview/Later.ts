/**
 * What may be drawn a moment later than the rest: parts out of sight, and parts that nobody can follow while one step chases
 * the other. Each is drawn in a frame in which no new step has come, one a frame, so that none of them holds up a step.
 */
export class Later {
  private readonly waiting = new Map<object, () => void>();
  /** What is on its way. */
  private expected = 0;

  /** `wake` is called when there is something to draw: the frame to come should ask for it. */
  constructor(private readonly wake: () => void) {}

  get isEmpty(): boolean {
    return this.waiting.size === 0 && this.expected === 0;
  }

  /** Puts a drawing off. Of what its owner has put off before, nothing is drawn any more. */
  put(owner: object, draw: () => void): void {
    this.waiting.delete(owner);
    this.waiting.set(owner, draw);
    this.wake();
  }

  /** Something draws by itself when it has come. */
  waitFor(coming: Promise<void>): void {
    this.expected++;
    this.wake();
    void coming.finally(() => this.expected--);
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
