import { grownBytes, grownFloats, grownInts, initialCapacity } from "../heap/growable";

type MappingsSnapshot = ReturnType<Mappings["save"]>;

/**
 * The truth about every virtual page that any process has: one column for each fact, indexed by the mapping's id.
 *
 * A mapping has a frame (it is present), or a swap slot (its bytes are there), or neither (never touched: its bytes are
 * zeros). All mappings of one frame are chained, so that an eviction finds every page-table entry that must change (the
 * reverse map of real kernels).
 */
export class Mappings {
  /** Number of the address space. */
  space = new Int32Array(initialCapacity);
  vpn = new Float64Array(initialCapacity);
  /** -1 when the page is not present. */
  frame = new Int32Array(initialCapacity);
  /** Swap slot of a page that is not present, or -1. */
  slot = new Int32Array(initialCapacity);
  /** Bits of `pageFlags`. */
  flags = new Uint16Array(initialCapacity);
  /** The page spans 2^order pages of the least size: 0, 9 or 18. */
  order = new Uint8Array(initialCapacity);
  private nextOfFrame = new Int32Array(initialCapacity);
  /** By frame, up to the highest one that ever held a page. */
  private firstOfFrame = new Int32Array(initialCapacity).fill(-1);
  private count = 0;
  private spare = -1;

  add(space: number, vpn: number, flags: number, order: number): number {
    const id = this.newId();
    this.space[id] = space;
    this.vpn[id] = vpn;
    this.frame[id] = -1;
    this.slot[id] = -1;
    this.flags[id] = flags;
    this.order[id] = order;
    this.nextOfFrame[id] = -1;
    return id;
  }

  /** Forgets a mapping that has no frame any more. */
  remove(id: number): void {
    this.space[id] = -1;
    this.nextOfFrame[id] = this.spare;
    this.spare = id;
  }

  /** Makes the page present in the frame. */
  attach(id: number, frame: number): void {
    while (frame >= this.firstOfFrame.length) {
      const { length } = this.firstOfFrame;
      this.firstOfFrame = grownInts(this.firstOfFrame, 2 * length).fill(-1, length);
    }
    this.frame[id] = frame;
    this.nextOfFrame[id] = this.firstOfFrame[frame];
    this.firstOfFrame[frame] = id;
  }

  /** Takes the frame from the page. O(mappings of the frame). */
  detach(id: number): void {
    const frame = this.frame[id];
    const { nextOfFrame, firstOfFrame } = this;
    if (firstOfFrame[frame] === id) firstOfFrame[frame] = nextOfFrame[id];
    else {
      let before = firstOfFrame[frame];
      while (nextOfFrame[before] !== id) before = nextOfFrame[before];
      nextOfFrame[before] = nextOfFrame[id];
    }
    this.frame[id] = -1;
    nextOfFrame[id] = -1;
  }

  /** The first mapping of a frame, or -1. The latest comes first. */
  first(frame: number): number {
    return frame < this.firstOfFrame.length ? this.firstOfFrame[frame] : -1;
  }

  /** The mapping of the same frame after this one, or -1. */
  next(id: number): number {
    return this.nextOfFrame[id];
  }

  isSharedFrame(frame: number): boolean {
    const first = this.first(frame);
    return first >= 0 && this.nextOfFrame[first] >= 0;
  }

  /** Every mapping that exists. */
  *ids(): IterableIterator<number> {
    for (let id = 0; id < this.count; id++) if (this.space[id] >= 0) yield id;
  }

  save() {
    const { count } = this;
    const ints = [this.space, this.frame, this.slot, this.nextOfFrame].map((column) => column.slice(0, count));
    return {
      ints,
      vpns: this.vpn.slice(0, count),
      flags: this.flags.slice(0, count),
      orders: this.order.slice(0, count),
      frames: this.firstOfFrame.slice(),
      numbers: [count, this.spare],
    };
  }

  load(saved: MappingsSnapshot): void {
    while (this.vpn.length < saved.vpns.length) this.enlarge();
    [this.space, this.frame, this.slot, this.nextOfFrame].forEach((column, index) => column.set(saved.ints[index]));
    this.vpn.set(saved.vpns);
    this.flags.set(saved.flags);
    this.order.set(saved.orders);
    this.firstOfFrame = saved.frames.slice();
    [this.count, this.spare] = saved.numbers;
  }

  private newId(): number {
    const id = this.spare;
    if (id >= 0) {
      this.spare = this.nextOfFrame[id];
      return id;
    }
    if (this.count === this.vpn.length) this.enlarge();
    return this.count++;
  }

  private enlarge(): void {
    const capacity = this.vpn.length * 2;
    this.space = grownInts(this.space, capacity);
    this.vpn = grownFloats(this.vpn, capacity);
    this.frame = grownInts(this.frame, capacity);
    this.slot = grownInts(this.slot, capacity);
    this.nextOfFrame = grownInts(this.nextOfFrame, capacity);
    this.order = grownBytes(this.order, capacity);
    const flags = new Uint16Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
  }
}
