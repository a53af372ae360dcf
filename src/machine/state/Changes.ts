import { roomFor } from "../../engine/columns";
import { waysToFree, type Allocation } from "./allocation";

/** What an allocation is after a change. */
export type Change = Pick<Allocation, "id" | "address" | "requested" | "freed">;

const live = 0;
/** Of the line of a change that frees nothing. */
const noLine = -1;

/** What became of allocations, in the order in which it happened: number n is the n-th change, from 1 on. In columns. */
export class Changes {
  length = 0;
  private ids = new Int32Array(64);
  private former = new Int32Array(64);
  private addresses = new Float64Array(64);
  private sizes = new Float64Array(64);
  /** See {@link endOf}. */
  private ends = new Uint8Array(64);
  private lines = new Int32Array(64);
  private steps = new Float64Array(64);

  /** Adds the next change; `before` is the number of the one before of the same allocation, 0 for none. */
  add({ id, address, requested, freed }: Change, before: number): void {
    const at = this.length++;
    if (at === this.ids.length) this.enlarge();
    this.ids[at] = id;
    this.former[at] = before;
    this.addresses[at] = address;
    this.sizes[at] = requested;
    this.ends[at] = endOf(freed);
    this.lines[at] = freed?.line ?? noLine;
    this.steps[at] = freed?.step ?? 0;
  }

  id(number: number): number {
    return this.ids[number - 1];
  }

  /** The change before of the same allocation, 0 for none. */
  before(number: number): number {
    return this.former[number - 1];
  }

  address(number: number): number {
    return this.addresses[number - 1];
  }

  requested(number: number): number {
    return this.sizes[number - 1];
  }

  isFreed(number: number): boolean {
    return this.ends[number - 1] !== live;
  }

  /** The step that freed the allocation, 0 when it is live. */
  freedAt(number: number): number {
    return this.steps[number - 1];
  }

  freed(number: number): Allocation["freed"] {
    const at = number - 1;
    if (this.ends[at] === live) return null;
    return { line: this.lines[at], step: this.steps[at], by: waysToFree[this.ends[at] - 1] };
  }

  isSame(number: number, { id, address, requested, freed }: Change): boolean {
    const at = number - 1;
    return (
      this.ids[at] === id &&
      this.addresses[at] === address &&
      this.sizes[at] === requested &&
      this.ends[at] === endOf(freed) &&
      this.lines[at] === (freed?.line ?? noLine) &&
      this.steps[at] === (freed?.step ?? 0)
    );
  }

  private enlarge(): void {
    const last = this.length - 1;
    this.ids = roomFor(this.ids, last);
    this.former = roomFor(this.former, last);
    this.addresses = roomFor(this.addresses, last);
    this.sizes = roomFor(this.sizes, last);
    this.ends = roomFor(this.ends, last);
    this.lines = roomFor(this.lines, last);
    this.steps = roomFor(this.steps, last);
  }
}

/** {@link live}, or one more than the place of what freed it among the ways to free. */
function endOf(freed: Allocation["freed"]): number {
  return freed === null ? live : waysToFree.indexOf(freed.by) + 1;
}
