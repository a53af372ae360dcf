/** Names by number, from 0 on in the order of their first use. */
export class Names {
  private readonly numbers = new Map<string, number>();
  private readonly names: string[] = [];

  /** The number of a name, a new one on its first use. */
  numberOf(name: string): number {
    const known = this.numbers.get(name);
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
    for (const name of this.names.splice(from)) this.numbers.delete(name);
  }
}
