/** Elements below this index have a name that is kept. */
const mostKept = 1 << 16;

/** The names of the elements of handles, `b[3]`: made once, because loops ask for the same ones again and again. */
export class IndexedNames {
  private readonly kept = new Map<string, string[]>();

  /** The key under which the element of a handle is kept; the index is a whole number from 0 on. */
  of(handle: string, index: number): string {
    if (index >= mostKept) return `${handle}[${index}]`;
    let names = this.kept.get(handle);
    if (names === undefined) this.kept.set(handle, (names = []));
    return (names[index] ??= `${handle}[${index}]`);
  }
}
