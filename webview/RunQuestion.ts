import type { Recorded } from "../src/inspector/queries/lives";

/** How long to wait before asking again what got no answer. */
const retryMilliseconds = 300;

/**
 * A question about the whole run, which is being recorded bit by bit: asked again until the answer is about all of it. While
 * an answer is on its way, only the last wish is kept.
 */
export class RunQuestion<Wish> {
  private isAsking = false;
  private next: { readonly wish: Wish } | null = null;
  private retry: number | undefined;

  constructor(
    /** Asks and shows the answer; null where none came. */
    private readonly ask: (wish: Wish) => Promise<Recorded | null>,
    /** Whether somebody still looks. */
    private readonly isOpen: () => boolean,
  ) {}

  async put(wish: Wish): Promise<void> {
    if (this.isAsking) {
      this.next = { wish };
      return;
    }
    this.isAsking = true;
    const answer = await this.ask(wish);
    this.isAsking = false;
    if (answer?.isComplete !== true && this.isOpen()) {
      window.clearTimeout(this.retry);
      this.retry = window.setTimeout(() => void this.put(wish), answer === null ? retryMilliseconds : 0);
    }
    const { next } = this;
    this.next = null;
    if (next !== null) await this.put(next.wish);
  }

  dispose(): void {
    window.clearTimeout(this.retry);
  }
}
