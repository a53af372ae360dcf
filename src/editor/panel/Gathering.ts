/**
 * Least time between two messages about changes: those of one event of the editor come together, and a scrubber still moves
 * the picture more than thirty times a second.
 */
const gatherMilliseconds = 8;

/** Makes one call of the many that are asked for at about the same time: at once after a while of rest, else when it is over. */
export class Gathering {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsked = false;

  constructor(private readonly call: () => void) {}

  /** Requests the call, which comes in a later task, so that it covers all changes of this one. */
  ask(): void {
    this.isAsked = true;
    this.timer ??= setTimeout(this.turn, 0);
  }

  /** Nothing is called any more. */
  dispose(): void {
    clearTimeout(this.timer);
  }

  private readonly turn = (): void => {
    this.timer = undefined;
    if (!this.isAsked) return;
    this.isAsked = false;
    this.timer = setTimeout(this.turn, gatherMilliseconds);
    this.call();
  };
}
