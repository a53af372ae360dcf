/** Share of a motion that one frame may pass at most: of a motion between late frames something is seen, too. */
const longestLeap = 0.25;

/**
 * A picture on its way from what it was to what it is. The truth is never in it: whoever owns one draws the end at once
 * when it is at rest, and puts what is seen between as far as `progress` says in the frames that it asks for.
 */
export class Tween {
  private frame = 0;
  private passed = 1;

  constructor(private readonly draw: () => void) {}

  /** From 0 to 1, slower towards the end; 1 at rest. */
  get progress(): number {
    return 1 - (1 - this.passed) ** 3;
  }

  /** Sets out, unless motion is reduced. `lengths`: how many times as long as usual it takes. */
  start(lengths = 1): void {
    this.finish();
    const duration = usualMilliseconds() * lengths;
    if (duration === 0) return;
    this.passed = 0;
    let last: number | null = null;
    const next = (now: number): void => {
      this.passed = Math.min(1, this.passed + Math.min(longestLeap, (now - (last ?? now)) / duration));
      last = now;
      if (this.passed < 1) this.frame = requestAnimationFrame(next);
      this.draw();
    };
    this.frame = requestAnimationFrame(next);
  }

  /** Is at the end at once; draws nothing. */
  finish(): void {
    cancelAnimationFrame(this.frame);
    this.passed = 1;
  }
}

/** The value that is `share` of the way from one to another. */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** The style sheet's token, which is 0 where motion is reduced. */
function usualMilliseconds(): number {
  return Number.parseFloat(getComputedStyle(document.body).getPropertyValue("--ms-motion")) || 0;
}
