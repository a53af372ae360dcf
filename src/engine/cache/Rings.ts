/**
 * Doubly linked rings of slots in typed arrays, one ring a set: every slot is always in the ring of its set, least
 * recently used (or filled) first. Ring r is closed by node slots + r.
 */
export class Rings {
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(
    private readonly slots: number,
    private readonly ways: number,
  ) {
    const nodes = slots + slots / ways;
    this.next = new Int32Array(nodes);
    this.previous = new Int32Array(nodes);
    for (let ring = 0; ring < slots / ways; ring++) {
      const close = slots + ring;
      const first = ring * ways;
      this.join(close, first);
      for (let slot = first + 1; slot < first + ways; slot++) this.join(slot - 1, slot);
      this.join(first + ways - 1, close);
    }
  }

  first(ring: number): number {
    return this.next[this.slots + ring];
  }

  moveToBack(slot: number): void {
    const close = this.slots + Math.floor(slot / this.ways);
    const last = this.previous[close];
    if (last === slot) return;
    this.join(this.previous[slot], this.next[slot]);
    this.join(last, slot);
    this.join(slot, close);
  }

  moveToFront(slot: number): void {
    const close = this.slots + Math.floor(slot / this.ways);
    const first = this.next[close];
    if (first === slot) return;
    this.join(this.previous[slot], this.next[slot]);
    this.join(slot, first);
    this.join(close, slot);
  }

  save(): Int32Array {
    return this.next.slice();
  }

  load(saved: Int32Array): void {
    this.next.set(saved);
    for (let node = 0; node < saved.length; node++) this.previous[saved[node]] = node;
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    for (let ring = 0; ring < this.slots / this.ways; ring++) {
      const close = this.slots + ring;
      let count = 0;
      for (let node = this.next[close]; node !== close && count <= this.ways; node = this.next[node], count++) {
        if (Math.floor(node / this.ways) !== ring) violations.push(`Slot ${node} is in the ring of set ${ring}.`);
        if (this.previous[this.next[node]] !== node) violations.push(`The link back to slot ${node} is broken.`);
      }
      if (count !== this.ways) violations.push(`The ring of set ${ring} has ${count} slots.`);
    }
    return violations;
  }

  private join(left: number, right: number): void {
    this.next[left] = right;
    this.previous[right] = left;
  }
}
