/** Names by number, from 0 on in the order of their first use. */
export class Names {
  /** Those of forgotten names too, as long as nobody looks: each of them has another name in its place, or none. */
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

  /** How many there are. */
  get length(): number {
    return this.names.length;
  }

  /** The number of a name; undefined when it has none. */
  find(name: string): number | undefined {
    const known = this.numbers.get(name);
    return known !== undefined && this.names[known] === name ? known : undefined;
  }

  /** The number of a name, a new one on its first use. */
  numberOf(name: string): number {
    const known = this.find(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  /** The name with a number that was given out. */
  nameOf(number: number): string {
    return this.names[number];
  }

  /** Forgets the names from this number on. */
  forget(from: number): void {
    if (from < this.names.length) this.names.length = from;
  }
}
