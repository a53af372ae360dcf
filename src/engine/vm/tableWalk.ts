import type { ByteStoreContract } from "../bytes/contract";
import { pageFlags } from "./entryBits";
import { allRights, decodeEntry, type EntryRefusal } from "./entryDecoding";
import { indicesOf, type TableFormat } from "./tableFormats";

/** One entry that a walk read. */
export interface WalkedEntry {
  /** From the root, which is 0. */
  readonly level: number;
  /** Frame of the table. */
  readonly table: number;
  /** Physical address of the entry. */
  readonly address: number;
  readonly index: number;
  readonly word: bigint;
  /** Frame that the entry names; -1 when it leads nowhere. */
  readonly to: number;
}

/** An entry at which a walk ends without a page. `level` counts from the root. */
export interface EntryFault {
  readonly level: number;
  readonly refusal: EntryRefusal | { readonly kind: "beyond-memory"; readonly frame: number };
}

export interface WalkedPage {
  readonly kind: "page";
  /** First frame of the page. */
  readonly frame: number;
  /** It spans 2^order pages of the least size. */
  readonly order: number;
  /** Permissions of all levels together; accessed, dirty and global of the last one. Null where the format holds none. */
  readonly flags: number | null;
  /** The frame does not exist: what the access meets after all checks of permissions. */
  readonly beyond: EntryFault | null;
}

export interface TableWalk {
  readonly entries: readonly WalkedEntry[];
  readonly end: WalkedPage | ({ readonly kind: "fault" } & EntryFault);
}

/** What a walk needs to know of memory. */
export interface WalkedMemory {
  readonly format: TableFormat;
  readonly pageSize: number;
  readonly frames: number;
  /** MAXPHYADDR: x86 reserves the bits of a frame number above. */
  readonly physicalBits: number;
  readonly physical: ByteStoreContract;
}

/**
 * Walks tables as a processor does, from the bytes of memory alone and without any effect. Permissions are accumulated: x86
 * needs R/W and U/S set and NX clear at every level (Intel SDM vol. 3A, 4.6.1), and G of a RISC-V pointer makes all below it
 * global. `root` is a frame.
 */
export function walkTables(memory: WalkedMemory, root: number, page: number): TableWalk {
  const { format, pageSize, frames, physicalBits, physical } = memory;
  const { indexBits, entryBytes } = format;
  const indices = indicesOf(format, page);
  const entries: WalkedEntry[] = [];
  let table = root;
  let rights = allRights;
  let global = 0;
  let span = indexBits.reduce((sum, bits) => sum + bits, 0);
  for (let level = 0; level < indexBits.length; level++) {
    span -= indexBits[level];
    const index = indices[level];
    const address = table * pageSize + index * entryBytes;
    const word = readWord(physical, address, entryBytes);
    const decoded = decodeEntry(format, word, indexBits.length - 1 - level, physicalBits);
    const to = decoded.kind === "page" || decoded.kind === "table" ? decoded.frame : -1;
    entries.push({ level, table, address, index, word, to });
    if (decoded.kind === "page") {
      const frame = decoded.frame + (page % 2 ** span);
      const beyond = frame < frames ? null : ({ level, refusal: { kind: "beyond-memory", frame } } as const);
      const flags = decoded.flags === null ? null : (decoded.flags & ~allRights) | (decoded.flags & rights) | global;
      return { entries, end: { kind: "page", frame: decoded.frame, order: span, flags, beyond } };
    }
    if (decoded.kind !== "table") return { entries, end: { kind: "fault", level, refusal: decoded } };
    table = decoded.frame;
    if (table >= frames)
      return { entries, end: { kind: "fault", level, refusal: { kind: "beyond-memory", frame: table } } };
    rights &= decoded.flags;
    global |= decoded.flags & pageFlags.global;
  }
  throw new RangeError("The lowest table of a format has entries for pages.");
}

export function readWord(physical: ByteStoreContract, address: number, bytes: number): bigint {
  return physical.read(address, bytes).reduceRight((word, byte) => (word << 8n) | BigInt(byte), 0n);
}

export function littleEndianWord(word: bigint, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, k) => Number((word >> BigInt(8 * k)) & 0xffn));
}
