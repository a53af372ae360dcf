const emptyKey = -1;

interface AddressMapSnapshot {
  readonly keys: Float64Array;
  readonly values: Int32Array;
  readonly size: number;
}

/** From addresses to 32-bit integers: open addressing with linear probing, removal by shifting back (Knuth 6.4, R). */
export class AddressMap {
  private keys = new Float64Array(128).fill(emptyKey);
  private values = new Int32Array(128);
  size = 0;

  /** The value stored for the address, or `absent`. */
  get(address: number, absent: number): number {
    const slot = this.slotOf(address);
    return this.keys[slot] === address ? this.values[slot] : absent;
  }

  set(address: number, value: number): void {
    let slot = this.slotOf(address);
    if (this.keys[slot] !== address) {
      if (this.size * 2 >= this.keys.length) {
        this.enlarge();
        slot = this.slotOf(address);
      }
      this.keys[slot] = address;
      this.size++;
    }
    this.values[slot] = value;
  }

  delete(address: number): void {
    let hole = this.slotOf(address);
    if (this.keys[hole] !== address) return;
    this.size--;
    const mask = this.keys.length - 1;
    for (let slot = (hole + 1) & mask; this.keys[slot] !== emptyKey; slot = (slot + 1) & mask) {
      const home = hash(this.keys[slot]) & mask;
      // The entry may fill the hole unless its home lies cyclically in (hole, slot].
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      this.keys[hole] = this.keys[slot]!;
      this.values[hole] = this.values[slot]!;
      hole = slot;
    }
    this.keys[hole] = emptyKey;
  }

  save(): AddressMapSnapshot {
    return { keys: this.keys.slice(), values: this.values.slice(), size: this.size };
  }

  load(saved: unknown): void {
    const { keys, values, size } = saved as AddressMapSnapshot;
    this.keys = keys.slice();
    this.values = values.slice();
    this.size = size;
  }

  /** The slot that holds the address, or the empty one where it would go. */
  private slotOf(address: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    let slot = hash(address) & mask;
    while (keys[slot] !== address && keys[slot] !== emptyKey) slot = (slot + 1) & mask;
    return slot;
  }

  private enlarge(): void {
    const { keys, values } = this;
    this.keys = new Float64Array(keys.length * 2).fill(emptyKey);
    this.values = new Int32Array(keys.length * 2);
    for (let k = 0; k < keys.length; k++) {
      if (keys[k] === emptyKey) continue;
      const slot = this.slotOf(keys[k]);
      this.keys[slot] = keys[k]!;
      this.values[slot] = values[k]!;
    }
  }
}

function hash(address: number): number {
  const high = (address / 0x1_0000_0000) | 0;
  let mixed = (address | 0) ^ Math.imul(high, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
