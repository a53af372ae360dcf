/** An opaque copy-on-write picture of a {@link ByteStoreContract}; it stays valid however often it is restored. */
export interface ByteStoreSnapshot {
  readonly kind: "byte-store";
}

/**
 * Simulated bytes over a huge address range: pages come into being when first written, and each byte also remembers
 * whether it was ever written ("defined", as Valgrind's V bits at byte grain).
 *
 * Snapshots share pages copy-on-write, so a checkpoint costs the page directory, not the bytes.
 */
export interface ByteStoreContract {
  /** Bytes of pages that exist now: what the memory budget counts. */
  readonly residentBytes: number;
  get(address: number): number;
  set(address: number, byte: number): void;
  /** Little-endian unsigned integer of 1 to 8 bytes; above 2^53 the nearest double. */
  getInteger(address: number, width: number): number;
  /** Little-endian; negative values in two's complement, values too wide keep their low bytes. */
  setInteger(address: number, width: number, value: number): void;
  read(address: number, length: number): Uint8Array;
  write(address: number, bytes: Uint8Array): void;
  fill(address: number, length: number, byte: number): void;
  /** As memmove: the two ranges may overlap; defined bits travel with the bytes. */
  copy(to: number, from: number, length: number): void;
  /** First address in the half-open range whose byte was never written since `forget`, or -1. */
  firstUndefined(address: number, length: number): number;
  /** The half-open parts of the range that exist, in address order; bytes outside them were never touched. */
  residentParts(address: number, length: number): IterableIterator<readonly [start: number, end: number]>;
  /** Marks bytes as never written (fresh memory of a new allocation). Their values stay, as in life. */
  forget(address: number, length: number): void;
  /** Makes bytes as they were before the first write: 0 and never written. Whole pages of the range cease to exist. */
  erase(address: number, length: number): void;
  snapshot(): ByteStoreSnapshot;
  restore(snapshot: ByteStoreSnapshot): void;
  /** The snapshot made or restored last, since when nothing was written, is given up: its pages may be written in place. */
  takeBack(): void;
}
