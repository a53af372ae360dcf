import { pageFlags, setBits, type EntryBit } from "./entryBits";
import { isRiscv } from "./processor";
import type { TableFormat } from "./tableFormats";

/** What a processor makes of one entry's word. */
export type DecodedEntry =
  | { readonly kind: "table"; readonly frame: number; readonly flags: number }
  /** Permissions, accessed, dirty and global; null where entries of the format hold none. */
  | { readonly kind: "page"; readonly frame: number; readonly flags: number | null }
  | EntryRefusal;

/** Why an entry leads nowhere. */
export type EntryRefusal =
  /** P, V or the valid bit is clear. */
  | { readonly kind: "not-present" }
  /** RISC-V: W without R. */
  | { readonly kind: "write-only" }
  /** Names of reserved bits that are set; the number of one without a name. */
  | { readonly kind: "reserved"; readonly bits: readonly string[] }
  /** RISC-V: a pointer in the lowest table. */
  | { readonly kind: "no-leaf" }
  /** RISC-V: a superpage whose frame is no multiple of its size in frames. */
  | { readonly kind: "misaligned"; readonly frame: number; readonly unit: number };

function isSet(word: bigint, position: number): boolean {
  return ((word >> BigInt(position)) & 1n) === 1n;
}

function field(word: bigint, low: number, high: number): number {
  return Number((word >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n));
}

function flag(word: bigint, position: number, value: number): number {
  return isSet(word, position) ? value : 0;
}

/** Names of the bits low..high, the end included, that are set. */
function setAmong(word: bigint, low: number, high: number, names: readonly EntryBit[]): string[] {
  const found: string[] = [];
  for (let position = low; position <= high; position++) {
    if (isSet(word, position)) found.push(names.find((bit) => bit.position === position)?.name ?? String(position));
  }
  return found;
}

/**
 * Intel SDM vol. 3A, 4.5.4: tables 4-15 to 4-20. `level` counts from the lowest table, which is 0. EFER.NXE is set, and
 * MAXPHYADDR is `physicalBits`.
 */
function decodeX86(word: bigint, level: number, physicalBits: number, names: readonly EntryBit[]): DecodedEntry {
  if (!isSet(word, 0)) return { kind: "not-present" };
  const isPage = level === 0 || (level <= 2 && isSet(word, 7));
  const pageBits = 9 * level;
  const reserved = [
    ...(level > 2 ? setAmong(word, 7, 7, names) : []),
    // Bit 12 of a huge page is PAT; the bits of its number above must be clear.
    ...(isPage && level > 0 ? setAmong(word, 13, 11 + pageBits, names) : []),
    ...setAmong(word, physicalBits, 51, names),
  ];
  if (reserved.length > 0) return { kind: "reserved", bits: reserved };
  const flags =
    pageFlags.read |
    flag(word, 1, pageFlags.write) |
    flag(word, 2, pageFlags.user) |
    (isSet(word, 63) ? 0 : pageFlags.execute);
  if (!isPage) return { kind: "table", frame: field(word, 12, 51), flags };
  const usage = flag(word, 5, pageFlags.accessed) | flag(word, 6, pageFlags.dirty) | flag(word, 8, pageFlags.global);
  return { kind: "page", frame: field(word, 12 + pageBits, 51) * 2 ** pageBits, flags: flags | usage };
}

/**
 * The RISC-V Instruction Set Manual vol. II, "Sv39" and "Virtual Address Translation Process", steps 3 to 5, without
 * Svnapot and Svpbmt: bits 54 to 63 are reserved, and so are U, A and D of a pointer.
 */
function decodeSv39(word: bigint, level: number, names: readonly EntryBit[]): DecodedEntry {
  if (!isSet(word, 0)) return { kind: "not-present" };
  if (isSet(word, 2) && !isSet(word, 1)) return { kind: "write-only" };
  const isPage = isSet(word, 1) || isSet(word, 3);
  const pointers = names.filter(({ name }) => name === "U" || name === "A" || name === "D");
  const ofPointer = isPage || level === 0 ? [] : setBits(pointers, word);
  const reserved = ofPointer.concat(setAmong(word, 54, 63, names));
  if (reserved.length > 0) return { kind: "reserved", bits: reserved };
  const frame = field(word, 10, 53);
  const global = flag(word, 5, pageFlags.global);
  if (!isPage) return level === 0 ? { kind: "no-leaf" } : { kind: "table", frame, flags: allRights | global };
  const unit = 2 ** (9 * level);
  if (frame % unit !== 0) return { kind: "misaligned", frame, unit };
  const flags =
    flag(word, 1, pageFlags.read) |
    flag(word, 2, pageFlags.write) |
    flag(word, 3, pageFlags.execute) |
    flag(word, 4, pageFlags.user) |
    flag(word, 6, pageFlags.accessed) |
    flag(word, 7, pageFlags.dirty);
  return { kind: "page", frame, flags: flags | global };
}

/** A word with a frame number and nothing else; null when the number is too large for an entry. */
export function frameWord({ name, entryBytes }: TableFormat, frame: number): bigint | null {
  const [low, bits] = isRiscv(name) ? [10, 44] : name === "radix" ? [0, 8 * entryBytes - 1] : [12, 40];
  return frame < 2 ** bits ? BigInt(frame) << BigInt(low) : null;
}

export const allRights = pageFlags.read | pageFlags.write | pageFlags.execute | pageFlags.user;

/** What a processor makes of an entry's word; `level` counts from the lowest table, which is 0. */
export function decodeEntry(format: TableFormat, word: bigint, level: number, physicalBits: number): DecodedEntry {
  if (isRiscv(format.name)) return decodeSv39(word, level, format.bits);
  if (format.name === "x86-64" || format.name === "x86-64-5") return decodeX86(word, level, physicalBits, format.bits);
  const top = 8 * format.entryBytes - 1;
  if (!isSet(word, top)) return { kind: "not-present" };
  const frame = field(word, 0, top - 1);
  return level > 0 ? { kind: "table", frame, flags: allRights } : { kind: "page", frame, flags: null };
}
