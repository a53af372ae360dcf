import { grownFloats, grownInts } from "../heap/growable";

/** The end of a slab's free list. */
export const none = -1;

export interface SlabTableSnapshot {
  readonly inUse: Int32Array;
  readonly firstFree: Int32Array;
  readonly colour: Int32Array;
  readonly nextFree: Int32Array;
  readonly owners: Float64Array;
}

/** The truth about slabs and their objects. A slab's free objects hang on its own list, last in, first out. */
export class SlabTable {
  /** By place: objects used, the first free object, bytes of colour. */
  inUse = new Int32Array(0);
  firstFree = new Int32Array(0);
  colour = new Int32Array(0);
  /** By index of an object: the number in its slab of the next free one; -1 at the end and for used objects. */
  nextFree = new Int32Array(0);
  /** By index of an object: -1 when it is free. */
  owners = new Float64Array(0);

  constructor(readonly objectsPerSlab: number) {}

  /** Makes room for a place and fills its slab with free objects in address order. */
  reset(place: number): void {
    const { objectsPerSlab } = this;
    if (place >= this.inUse.length) this.enlarge(Math.max(8, 2 * place));
    this.inUse[place] = 0;
    this.firstFree[place] = 0;
    const first = place * objectsPerSlab;
    this.owners.fill(none, first, first + objectsPerSlab);
    for (let k = 0; k < objectsPerSlab; k++) this.nextFree[first + k] = k + 1 < objectsPerSlab ? k + 1 : none;
  }

  /** Takes the first free object of a slab that has one; returns its number in the slab. */
  take(place: number, owner: number): number {
    const object = this.firstFree[place];
    const index = place * this.objectsPerSlab + object;
    this.firstFree[place] = this.nextFree[index];
    this.nextFree[index] = none;
    this.owners[index] = owner;
    this.inUse[place]++;
    return object;
  }

  give(place: number, object: number): void {
    const index = place * this.objectsPerSlab + object;
    this.owners[index] = none;
    this.nextFree[index] = this.firstFree[place];
    this.firstFree[place] = object;
    this.inUse[place]--;
  }

  snapshot(places: number): SlabTableSnapshot {
    const objects = places * this.objectsPerSlab;
    return {
      inUse: this.inUse.slice(0, places),
      firstFree: this.firstFree.slice(0, places),
      colour: this.colour.slice(0, places),
      nextFree: this.nextFree.slice(0, objects),
      owners: this.owners.slice(0, objects),
    };
  }

  restore(saved: SlabTableSnapshot): void {
    this.inUse = saved.inUse.slice();
    this.firstFree = saved.firstFree.slice();
    this.colour = saved.colour.slice();
    this.nextFree = saved.nextFree.slice();
    this.owners = saved.owners.slice();
  }

  private enlarge(places: number): void {
    this.inUse = grownInts(this.inUse, places);
    this.firstFree = grownInts(this.firstFree, places);
    this.colour = grownInts(this.colour, places);
    this.nextFree = grownInts(this.nextFree, places * this.objectsPerSlab);
    this.owners = grownFloats(this.owners, places * this.objectsPerSlab);
  }
}
