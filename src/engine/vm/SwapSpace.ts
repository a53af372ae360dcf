import { grownInts, initialCapacity } from "../heap/growable";

type SwapSnapshot = ReturnType<SwapSpace["save"]>;

/**
 * The slots of swap space, a page each. A slot stays taken for as long as a page that is not present points to it
 * (`users`) or a frame still holds an equal copy of it (`cached`, the swap cache): such a frame is evicted without a write.
 * Freed slots are handed out again last in, first out; all is O(1).
 */
export class SwapSpace {
  private users = new Int32Array(initialCapacity);
  private cached = new Int32Array(initialCapacity).fill(-1);
  private free: number[] = [];
  /** Slots ever used: those beyond have no state. */
  private count = 0;

  constructor(
    /** Slots there are; Infinity for a backing store without bound, as textbooks assume. */
    readonly slots: number,
    /** Told of each slot that becomes free. */
    private readonly onFree: (slot: number) => void = () => {},
  ) {}

  get used(): number {
    return this.count - this.free.length;
  }

  /** A free slot, or -1 when swap space is full. */
  take(): number {
    const slot = this.free.pop();
    if (slot !== undefined) return slot;
    if (this.count >= this.slots) return -1;
    if (this.count === this.users.length) {
      const capacity = this.users.length * 2;
      this.users = grownInts(this.users, capacity);
      this.cached = grownInts(this.cached, capacity).fill(-1, this.count);
    }
    return this.count++;
  }

  usersOf(slot: number): number {
    return this.users[slot];
  }

  /** The frame that holds a copy of the slot, or -1. */
  frameOf(slot: number): number {
    return this.cached[slot];
  }

  setFrame(slot: number, frame: number): void {
    this.cached[slot] = frame;
    this.release(slot);
  }

  addUser(slot: number): void {
    this.users[slot]++;
  }

  removeUser(slot: number): void {
    this.users[slot]--;
    this.release(slot);
  }

  /** Slots in use, ascending: for views. */
  *slotsInUse(): IterableIterator<number> {
    for (let slot = 0; slot < this.count; slot++) if (this.isTaken(slot)) yield slot;
  }

  save() {
    return {
      users: this.users.slice(0, this.count),
      cached: this.cached.slice(0, this.count),
      free: Int32Array.from(this.free),
      used: this.count,
    };
  }

  load(saved: SwapSnapshot): void {
    while (this.users.length < saved.used) {
      const { length } = this.users;
      this.users = grownInts(this.users, 2 * length);
      this.cached = grownInts(this.cached, 2 * length).fill(-1, length);
    }
    this.users.fill(0, saved.used).set(saved.users);
    this.cached.fill(-1, saved.used).set(saved.cached);
    this.free = Array.from(saved.free);
    this.count = saved.used;
  }

  private isTaken(slot: number): boolean {
    return this.users[slot] > 0 || this.cached[slot] >= 0;
  }

  private release(slot: number): void {
    if (this.isTaken(slot)) return;
    this.free.push(slot);
    this.onFree(slot);
  }
}
