import { grownBytes, grownInts } from "../heap/growable";

/** The lists that slabs hang on, by number; a slab given back is on `returned` until its place is used again. */
export const slabLists = ["empty", "partial", "full", "returned"] as const;
export const emptyList = 0;
export const partialList = 1;
export const fullList = 2;
export const returnedList = 3;

const none = -1;

export interface SlabListsSnapshot {
  readonly on: Uint8Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly heads: Int32Array;
  readonly counts: Int32Array;
}

/** Doubly linked lists through the places of a cache; each place is on exactly one of them. */
export class SlabLists {
  private on = new Uint8Array(0);
  private next = new Int32Array(0);
  private previous = new Int32Array(0);
  private heads = new Int32Array(slabLists.length).fill(none);
  private counts = new Int32Array(slabLists.length);
  private length = 0;

  /** Adds the next place to the front of a list and returns its number. */
  add(list: number): number {
    const place = this.length++;
    if (place === this.on.length) {
      const capacity = Math.max(8, 2 * place);
      this.on = grownBytes(this.on, capacity);
      this.next = grownInts(this.next, capacity);
      this.previous = grownInts(this.previous, capacity);
    }
    this.link(place, list);
    return place;
  }

  /** Places ever used. */
  get places(): number {
    return this.length;
  }

  listOf(place: number): number {
    return this.on[place];
  }

  /** The first place of a list, -1 when it is empty. */
  head(list: number): number {
    return this.heads[list];
  }

  count(list: number): number {
    return this.counts[list];
  }

  /** Moves a place to the front of a list, be it another or its own. */
  move(place: number, list: number): void {
    const next = this.next[place];
    const previous = this.previous[place];
    const from = this.on[place];
    if (previous === none) this.heads[from] = next;
    else this.next[previous] = next;
    if (next !== none) this.previous[next] = previous;
    this.counts[from]--;
    this.link(place, list);
  }

  *walk(list: number): IterableIterator<number> {
    for (let place = this.heads[list]; place !== none; place = this.next[place]) yield place;
  }

  snapshot(): SlabListsSnapshot {
    const { length } = this;
    return {
      on: this.on.slice(0, length),
      next: this.next.slice(0, length),
      previous: this.previous.slice(0, length),
      heads: this.heads.slice(),
      counts: this.counts.slice(),
    };
  }

  restore(saved: SlabListsSnapshot): void {
    this.length = saved.on.length;
    this.on = saved.on.slice();
    this.next = saved.next.slice();
    this.previous = saved.previous.slice();
    this.heads = saved.heads.slice();
    this.counts = saved.counts.slice();
  }

  private link(place: number, list: number): void {
    const head = this.heads[list];
    this.on[place] = list;
    this.next[place] = head;
    this.previous[place] = none;
    if (head !== none) this.previous[head] = place;
    this.heads[list] = place;
    this.counts[list]++;
  }
}
