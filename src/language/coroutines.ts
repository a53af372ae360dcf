/**
 * Yielded by long work between parts of a fraction of a millisecond: that the next part takes long and cannot be split,
 * the share of the work that is done, from 0 to 1, or nothing.
 */
export type Yield = typeof takesLong | number | undefined;
export const takesLong = "takes long";

/** Long work, which knows no clock and no host. */
export type Work<Result> = Generator<Yield, Result, undefined>;

/** Steps that work executes between two yields. */
export const stepsPerYield = 64;

/** What runs long work in slices, between which other things happen. */
export interface WorkHost {
  /** Longest time between two pauses, unless one part of the work takes longer. */
  readonly sliceMilliseconds: number;
  /** Milliseconds of a steady clock. */
  now(): number;
  /** Lets other things happen. A rejection ends the work and is passed on. */
  pause(): Promise<void>;
  /** Whether the result is no longer needed. */
  cancelled(): boolean;
  /** Takes the share of the work that is done, from 0 to 1, before a pause. */
  progress?(done: number): void;
}

/** The result of work that a host runs in slices; undefined when cancelled. The work is closed, finished or not. */
export async function drive<T>(work: Work<T>, host: WorkHost): Promise<T | undefined> {
  try {
    for (;;) {
      const end = runSlice(work, host);
      if (end !== null) return end.value;
      await host.pause();
      if (host.cancelled()) return undefined;
    }
  } finally {
    work.return(undefined as T);
  }
}

/** Runs work for one slice; its result when the work ends within it. */
export function runSlice<T>(work: Work<T>, host: WorkHost): { readonly value: T } | null {
  const start = host.now();
  let share: number | undefined;
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return { value };
    if (typeof value === "number") share = value;
    if (value === takesLong || host.now() - start >= host.sliceMilliseconds) break;
  }
  if (share !== undefined) host.progress?.(share);
  return null;
}

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
