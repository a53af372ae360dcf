/** What a pause in a piece of work says: that what follows takes long and can't be cut, or nothing. */
export type Yield = typeof takesLong | undefined;
export const takesLong = "takes long";

/** Work of which several wait for the result: whoever has time does the next part. */
export class SharedWork<T> {
  private result: { readonly value: T } | null = null;

  constructor(private readonly work: Generator<unknown, T, undefined>) {}

  /** Does the next part of it; the result, when that was the last one. */
  advance(): { readonly value: T } | null {
    if (this.result !== null) return this.result;
    const { done, value } = this.work.next();
    return done === true ? (this.result = { value }) : null;
  }

  /** Waits for the result, doing a part of the work between two pauses. */
  *wait(): Generator<undefined, T, undefined> {
    for (;;) {
      const found = this.advance();
      if (found !== null) return found.value;
      yield;
    }
  }
}

/** What work that pauses returns, without the pauses. */
export function runToEnd<T>(work: Generator<unknown, T, undefined>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
