/** Allocation sites by name, numbered from 0 in the order of their first appearance. */
export class SiteNames {
  readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** -1 for no name. */
  numberOf(name: string): number {
    if (name === "") return -1;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    this.numbers.set(name, number);
    return number;
  }
}
