import type { ByteStoreContract } from "../../../../src/engine/bytes/contract";

/** What a processor finds out about an address from the bytes of physical memory alone. */
export interface WalkResult {
  readonly physical: number;
  readonly write: boolean;
  readonly execute: boolean;
  readonly read: boolean;
  readonly user: boolean;
  readonly accessed: boolean;
  readonly dirty: boolean;
  readonly global: boolean;
  /** Bytes of the page. */
  readonly size: number;
  /** The frames of the tables gone through, the root first. */
  readonly tables: readonly number[];
}

function word(memory: ByteStoreContract, address: number): bigint {
  const bytes = memory.read(address, 8);
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

function bitsOf(value: bigint, low: number, high: number): bigint {
  return (value >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n);
}

function isSet(value: bigint, position: number): boolean {
  return bitsOf(value, position, position) === 1n;
}

/** Intel SDM vol. 3A, 4.5: tables 4-15 to 4-20. Null when an entry is not present. Throws on a reserved bit. */
export function walkX86(memory: ByteStoreContract, root: number, address: number, levels: number): WalkResult | null {
  const virtual = BigInt(address);
  let table = BigInt(root);
  let write = true;
  let user = true;
  let execute = true;
  const tables: number[] = [];
  for (let level = levels - 1; level >= 0; level--) {
    tables.push(Number(table));
    const shift = 12 + 9 * level;
    const index = bitsOf(virtual, shift, shift + 8);
    const entry = word(memory, Number(table * 4096n + index * 8n));
    if (!isSet(entry, 0)) {
      if (entry !== 0n) throw new Error(`an entry that is not present holds ${entry}`);
      return null;
    }
    if (bitsOf(entry, 52, 62) !== 0n || bitsOf(entry, 3, 4) !== 0n || bitsOf(entry, 9, 11) !== 0n)
      throw new Error(`reserved or unused bits are set in ${entry.toString(16)}`);
    write &&= isSet(entry, 1);
    user &&= isSet(entry, 2);
    execute &&= !isSet(entry, 63);
    const isLeaf = level === 0 || isSet(entry, 7);
    if (level === 0 && isSet(entry, 7))
      throw new Error("bit 7 of a page-table entry is the PAT bit, which is not used");
    if (isLeaf) {
      if (level > 2) throw new Error("PS is reserved in a PML4 entry");
      const base = bitsOf(entry, 12, 51) << 12n;
      if (bitsOf(base, 0, shift - 1) !== 0n) throw new Error(`a huge page begins at ${base.toString(16)}`);
      const physical = Number(base + bitsOf(virtual, 0, shift - 1));
      const accessed = isSet(entry, 5);
      const [dirty, global] = [isSet(entry, 6), isSet(entry, 8)];
      return { physical, write, execute, read: true, user, accessed, dirty, global, size: 2 ** shift, tables };
    }
    if (isSet(entry, 6) || isSet(entry, 8)) throw new Error("an entry for a table has D or G");
    table = bitsOf(entry, 12, 51);
  }
  return null;
}

/** RISC-V Instruction Set Manual, vol. II, 12.3.2 and 12.4. Null when an entry is not valid. */
export function walkSv39(memory: ByteStoreContract, root: number, address: number): WalkResult | null {
  const virtual = BigInt(address);
  let table = BigInt(root);
  const tables: number[] = [];
  for (let level = 2; level >= 0; level--) {
    tables.push(Number(table));
    const shift = 12 + 9 * level;
    const entry = word(memory, Number(table * 4096n + bitsOf(virtual, shift, shift + 8) * 8n));
    if (!isSet(entry, 0)) return null;
    if (bitsOf(entry, 54, 63) !== 0n) throw new Error(`reserved bits are set in ${entry.toString(16)}`);
    const [read, write, execute] = [isSet(entry, 1), isSet(entry, 2), isSet(entry, 3)];
    if (write && !read) throw new Error("W without R is reserved");
    if (!read && !execute) {
      if (level === 0) throw new Error("a leaf without permissions is a pointer");
      if (bitsOf(entry, 4, 7) !== 0n) throw new Error("U, G, A and D are reserved in a pointer");
      table = bitsOf(entry, 10, 53);
      continue;
    }
    if (bitsOf(entry, 10, 53) % (1n << BigInt(9 * level)) !== 0n) throw new Error("a misaligned superpage");
    const physical = Number((bitsOf(entry, 10, 53) << 12n) + bitsOf(virtual, 0, shift - 1));
    const [user, global, accessed, dirty] = [4, 5, 6, 7].map((position) => isSet(entry, position));
    return { physical, write, execute, read, user, accessed, dirty, global, size: 2 ** shift, tables };
  }
  return null;
}
