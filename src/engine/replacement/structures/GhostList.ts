import { withIndex } from "./growth";
import { ResidentPages } from "./ResidentPages";

/**
 * Pages remembered after their eviction, oldest first: a ring of nodes linked in typed arrays (node 0 closes it) and a
 * map from pages to nodes.
 */
export class GhostList {
  private readonly nodes = new ResidentPages();
  private pages = new Float64Array(1);
  private next = new Int32Array(1);
  private previous = new Int32Array(1);
  /** First of the nodes that left the ring, linked through `next`; 0 ends them. */
  private unused = 0;
  /** Nodes ever used. */
  private count = 0;
  length = 0;

  has(page: number): boolean {
    return this.nodes.get(page) !== -1;
  }

  push(page: number): void {
    const node = this.takeNode();
    const { next, previous } = this;
    this.pages[node] = page;
    this.nodes.set(page, node);
    const last = previous[0];
    next[last] = node;
    previous[node] = last;
    next[node] = 0;
    previous[0] = node;
    this.length++;
  }

  /** Forgets a page: whether it was there. */
  delete(page: number): boolean {
    const node = this.nodes.get(page);
    if (node === -1) return false;
    this.drop(node);
    return true;
  }

  dropOldest(): void {
    this.drop(this.next[0]);
  }

  toArray(): number[] {
    return [...this.save()];
  }

  save(): Float64Array {
    const pages = new Float64Array(this.length);
    for (let index = 0, node = this.next[0]; node !== 0; node = this.next[node]!) pages[index++] = this.pages[node]!;
    return pages;
  }

  load(pages: Float64Array): void {
    while (this.length > 0) this.dropOldest();
    for (const page of pages) this.push(page);
  }

  private takeNode(): number {
    const node = this.unused;
    if (node !== 0) {
      this.unused = this.next[node];
      return node;
    }
    const added = ++this.count;
    this.pages = withIndex(this.pages, added, 0);
    this.next = withIndex(this.next, added, 0);
    this.previous = withIndex(this.previous, added, 0);
    return added;
  }

  private drop(node: number): void {
    const { next, previous } = this;
    this.nodes.delete(this.pages[node]);
    next[previous[node]] = next[node];
    previous[next[node]] = previous[node];
    next[node] = this.unused;
    this.unused = node;
    this.length--;
  }
}
