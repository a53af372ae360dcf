import { asAddress } from "../address";
import type { ByteStoreContract } from "../bytes/ByteStore";
import type { LinkDamage } from "../pool/contract";
import { bufctlBytes, descriptorBytes } from "./geometry";
import { none, type SlabTable } from "./SlabTable";

/** `BUFCTL_END` and `BUFCTL_ACTIVE` of Linux: the end of a free list, and an object in use. */
export const bufctlEnd = 0xffff_ffff;
export const bufctlActive = 0xffff_fffe;

/**
 * The bookkeeping at the start of a slab, as bytes: `inuse` (objects used) and `free` (number of the first free
 * object), then `bufctl`, for each object the number of the next free one. All are 4 bytes, little-endian. The layout
 * is that of Linux 2.4, mm/slab.c: the descriptor with kmem_bufctl_t entries behind it.
 */
export class SlabBytes {
  constructor(
    private readonly bytes: ByteStoreContract,
    private readonly table: SlabTable,
  ) {}

  /** Writes `inuse`, `free` and the entry of one object. */
  write(place: number, address: number, object: number): void {
    this.writeDescriptor(place, address);
    this.bytes.setInteger(bufctlAt(address, object), bufctlBytes, this.entry(place, object));
  }

  writeAll(place: number, address: number): void {
    this.writeDescriptor(place, address);
    for (let object = 0; object < this.table.objectsPerSlab; object++) {
      this.bytes.setInteger(bufctlAt(address, object), bufctlBytes, this.entry(place, object));
    }
  }

  /** The fields of one slab that touch the half-open range and do not say what the table says. */
  damage(place: number, address: number, from: number, to: number): LinkDamage[] {
    const found: LinkDamage[] = [];
    const compare = (field: LinkDamage["field"], index: number, at: number, expected: number): void => {
      if (at >= to || at + bufctlBytes <= from) return;
      const value = this.bytes.getInteger(at, bufctlBytes);
      const width = bufctlBytes;
      if (value !== expected) found.push({ field, index, address: asAddress(at), width, expected, found: value });
    };
    const { table } = this;
    compare("inuse", place, address, table.inUse[place]);
    compare("free", place, address + 4, encoded(table.firstFree[place]));
    const first = Math.max(0, Math.floor((from - address - descriptorBytes) / bufctlBytes));
    const last = Math.min(table.objectsPerSlab, Math.ceil((to - address - descriptorBytes) / bufctlBytes));
    for (let object = first; object < last; object++) {
      const index = place * table.objectsPerSlab + object;
      compare("bufctl", index, bufctlAt(address, object), this.entry(place, object));
    }
    return found;
  }

  private writeDescriptor(place: number, address: number): void {
    this.bytes.setInteger(address, 4, this.table.inUse[place]);
    this.bytes.setInteger(address + 4, 4, encoded(this.table.firstFree[place]));
  }

  private entry(place: number, object: number): number {
    const index = place * this.table.objectsPerSlab + object;
    return this.table.owners[index] === none ? encoded(this.table.nextFree[index]) : bufctlActive;
  }
}

function bufctlAt(address: number, object: number): number {
  return address + descriptorBytes + object * bufctlBytes;
}

function encoded(object: number): number {
  return object === none ? bufctlEnd : object;
}
