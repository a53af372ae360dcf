/** What a piece of work says as it yields: that the next part takes long and cannot be cut, or nothing. */
export type Yield = typeof takesLong | undefined;
export const takesLong = "takes long";

/** Work whose result several callers wait for: each does the next part in its own time. */
export class SharedWork<T> {
  private result: { readonly value: T } | null = null;
  private failure: { readonly error: unknown } | null = null;

  constructor(private readonly work: Generator<unknown, T, undefined>) {}

  /** Does the next part; the result after the last one. Once the work has thrown, each call throws the same. */
  advance(): { readonly value: T } | null {
    if (this.failure !== null) throw this.failure.error;
    if (this.result !== null) return this.result;
    try {
      const { done, value } = this.work.next();
      return done === true ? (this.result = { value }) : null;
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** Waits for the result, with a part of the work between two yields. */
  *wait(): Generator<undefined, T, undefined> {
    for (;;) {
      const found = this.advance();
      if (found !== null) return found.value;
      yield;
    }
  }
}

/** The result of work, without its yields. */
export function runToEnd<T>(work: Generator<unknown, T, undefined>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
