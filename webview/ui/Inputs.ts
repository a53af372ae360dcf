/** What something was last drawn from, so that it is not drawn again from the same. */
export class Inputs {
  private last: readonly unknown[] = [];

  /** Whether the values differ from those of the last call. Parts of a snapshot that did not change are the same objects. */
  haveChanged(...values: readonly unknown[]): boolean {
    const { last } = this;
    this.last = values;
    return values.length !== last.length || values.some((value, at) => value !== last[at]);
  }
}
