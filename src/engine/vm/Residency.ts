/** How many pages are in frames, of all address spaces together, and their mean over references. O(1) a change. */
export class Residency {
  private pages = 0;
  /** The reference at which the number of pages changed last, and the numbers added up over the references before it. */
  private since = 0;
  private sum = 0;

  /** Adds pages, or takes them away, at a reference, counted from 0. */
  change(pages: number, reference: number): void {
    this.sum += this.pages * (reference - this.since);
    this.since = reference;
    this.pages += pages;
  }

  /** Mean over so many references, from the first on. */
  mean(references: number): number {
    return references === 0 ? 0 : (this.sum + this.pages * (references - this.since)) / references;
  }

  save(): readonly number[] {
    return [this.pages, this.since, this.sum];
  }

  load([pages = 0, since = 0, sum = 0]: readonly number[]): void {
    Object.assign(this, { pages, since, sum });
  }
}
