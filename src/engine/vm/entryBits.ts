/** Bits of a page-table entry. The low nibble is what a script says with `rwxu`. */
export const pageFlags = {
  read: 1,
  write: 2,
  execute: 4,
  user: 8,
  accessed: 16,
  dirty: 32,
  /** The page is written by copying it first, because others have it too (fork, same-page merging). */
  copyOnWrite: 64,
  /** A mapping that stays common after a fork. */
  shared: 128,
  /** Stays in a translation lookaside buffer across switches. */
  global: 256,
  /** The page had a frame and was evicted; the operating system's own mark of a page that is not present. */
  evicted: 512,
} as const;
export const permissionMask = 15;

export interface EntryBit {
  readonly name: string;
  readonly position: number;
}

/** A word with the named bits of a format set; names that it does not have are passed over. */
export function setBitsOf(bits: readonly EntryBit[], names: readonly string[]): bigint {
  const has = bits.filter(({ name }) => names.includes(name));
  return has.reduce((word, { position }) => word | (1n << BigInt(position)), 0n);
}

/** The names of the bits that a word has set. */
export function setBits(bits: readonly EntryBit[], word: bigint): string[] {
  return bits.filter(({ position }) => ((word >> BigInt(position)) & 1n) === 1n).map(({ name }) => name);
}
