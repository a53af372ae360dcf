/** What a pause in a piece of work says: that what follows takes long and can't be cut, or nothing. */
export type Turn = typeof takesLong | undefined;
export const takesLong = "takes long";

/** What work that pauses returns, without the pauses. */
export function toEnd<T>(work: Generator<unknown, T, undefined>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
