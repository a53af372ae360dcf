import { pageFlags, type EntryBit } from "./entryBits";

/**
 * How page tables are laid out: levels, index bits, and the bits of one entry.
 *
 * Sources: Intel 64 and IA-32 Architectures Software Developer's Manual, vol. 3A, 4.5 (4- and 5-level paging); the
 * RISC-V Instruction Set Manual, vol. II, "Sv39"; OSTEP chapters 18 and 20 for the free geometry of teaching.
 */

export const tableFormatNames = ["flat", "radix", "x86-64", "x86-64-5", "sv39"] as const;
export type TableFormatName = (typeof tableFormatNames)[number];

export { pageFlags, permissionMask } from "./entryBits";

export interface TableFormat {
  readonly name: TableFormatName;
  /** Index bits by level, the root first. A flat table has one level. */
  readonly indexBits: readonly number[];
  readonly offsetBits: number;
  readonly entryBytes: number;
  /** What the manuals call the tables, the root first. */
  readonly levelNames: readonly string[];
  /** Levels, counted from the leaf (0), at which an entry may map a whole huge page. */
  readonly hugeLevels: readonly number[];
  /** Bits of an address above this one repeat it; Infinity where addresses have no sign. */
  readonly signBit: number;
  /** Whether the entry of a present page with these permissions is valid. */
  isValid(flags: number): boolean;
  /** The permissions that this hardware can express closest to the asked ones. */
  expressible(flags: number): number;
  /** The entry's word for a page; `huge` when it stands above the lowest level. */
  leafWord(frame: number, flags: number, huge: boolean): bigint;
  /** The entry's word for a table below. */
  tableWord(frame: number, accessed: boolean): bigint;
  /** The word of an entry that maps nothing. */
  readonly invalidWord: bigint;
  /** What the manuals call the bits of an entry beside the frame number, the lowest first. */
  readonly bits: readonly EntryBit[];
}

function bit(set: boolean, position: number): bigint {
  return set ? 1n << BigInt(position) : 0n;
}

function has(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** Bits from position 0 on. */
function named(names: readonly string[]): EntryBit[] {
  return names.map((name, position) => ({ name, position }));
}

/** x86 has no bit against reading: a present page is readable. */
const x86 = {
  entryBytes: 8,
  invalidWord: 0n,
  bits: [...named(["P", "R/W", "U/S", "PWT", "PCD", "A", "D", "PS", "G"]), { name: "NX", position: 63 }],
  isValid: () => true,
  expressible: (flags: number) => flags | pageFlags.read,
  leafWord: (frame: number, flags: number, huge: boolean) =>
    (BigInt(frame) << 12n) |
    bit(true, 0) |
    bit(has(flags, pageFlags.write) && !has(flags, pageFlags.copyOnWrite), 1) |
    bit(has(flags, pageFlags.user), 2) |
    bit(has(flags, pageFlags.accessed), 5) |
    bit(has(flags, pageFlags.dirty), 6) |
    bit(huge, 7) |
    bit(has(flags, pageFlags.global), 8) |
    bit(!has(flags, pageFlags.execute), 63),
  // Upper entries permit everything; the lowest one decides.
  tableWord: (frame: number, accessed: boolean) => (BigInt(frame) << 12n) | 0b111n | bit(accessed, 5),
} as const;

const x86Names = ["PML5", "PML4", "page-directory-pointer table", "page directory", "page table"] as const;

function x86Format(name: "x86-64" | "x86-64-5", levels: number): TableFormat {
  return {
    ...x86,
    name,
    indexBits: Array.from({ length: levels }, () => 9),
    offsetBits: 12,
    levelNames: x86Names.slice(x86Names.length - levels),
    hugeLevels: [1, 2],
    signBit: 11 + 9 * levels,
  };
}

const anyAccess = pageFlags.read | pageFlags.write | pageFlags.execute;

/**
 * A leaf of RISC-V that can be written can be read too: W without R is reserved. An entry without R, W and X would point to
 * a table, so a page that permits nothing is not valid, as PROT_NONE is in Linux.
 */
const sv39: TableFormat = {
  name: "sv39",
  indexBits: [9, 9, 9],
  offsetBits: 12,
  entryBytes: 8,
  levelNames: ["level 2 table", "level 1 table", "level 0 table"],
  hugeLevels: [1, 2],
  invalidWord: 0n,
  bits: named(["V", "R", "W", "X", "U", "G", "A", "D"]),
  signBit: 38,
  isValid: (flags) => has(flags, anyAccess),
  expressible: (flags) => (has(flags, pageFlags.write) ? flags | pageFlags.read : flags),
  leafWord: (frame, flags) =>
    (BigInt(frame) << 10n) |
    bit(has(flags, anyAccess), 0) |
    bit(has(flags, pageFlags.read), 1) |
    bit(has(flags, pageFlags.write) && !has(flags, pageFlags.copyOnWrite), 2) |
    bit(has(flags, pageFlags.execute), 3) |
    bit(has(flags, pageFlags.user), 4) |
    bit(has(flags, pageFlags.global), 5) |
    bit(has(flags, pageFlags.accessed), 6) |
    bit(has(flags, pageFlags.dirty), 7),
  tableWord: (frame) => (BigInt(frame) << 10n) | 1n,
};

/** Bits that number things from 0 to count - 1. */
export function bitsFor(count: number): number {
  return count <= 1 ? 0 : Math.ceil(Math.log2(count));
}

/**
 * A table of free geometry as OSTEP draws it: the top bit of an entry says valid, the low bits hold the frame number.
 * An invalid entry of OSTEP's multi-level simulator has every other bit set.
 */
function teachingFormat(
  name: "flat" | "radix",
  indexBits: readonly number[],
  offsetBits: number,
  entryBytes: number,
): TableFormat {
  const valid = 1n << BigInt(8 * entryBytes - 1);
  const levelNames =
    indexBits.length === 1
      ? ["page table"]
      : indexBits.length === 2
        ? ["page directory", "page table"]
        : indexBits.map((_, level) => `level ${indexBits.length - 1 - level} table`);
  return {
    name,
    indexBits,
    offsetBits,
    entryBytes,
    levelNames,
    hugeLevels: [],
    invalidWord: indexBits.length === 1 ? 0n : valid - 1n,
    bits: [{ name: "valid", position: 8 * entryBytes - 1 }],
    signBit: Infinity,
    isValid: () => true,
    expressible: (flags) => flags,
    leafWord: (frame) => valid | BigInt(frame),
    tableWord: (frame) => valid | BigInt(frame),
  };
}

/** The fewest of 1, 2, 4 and 8 bytes that hold a valid bit and a frame number. */
function teachingEntryBytes(frames: number): number {
  const bits = bitsFor(frames) + 1;
  return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
}

export interface TableShape {
  readonly pageSize: number;
  readonly frames: number;
  /** Pages of the virtual address space; `null`: as many as the format reaches. */
  readonly pages: number | null;
  readonly format: TableFormatName;
  /** Of `radix`: 2 to 5. */
  readonly levels: number;
  /** Bytes of an entry; `null`: what the format says. */
  readonly entryBytes: number | null;
}

/** Why a shape of tables cannot be. Sizes in bytes. */
export type ShapeRefusal =
  | { readonly kind: "page-size"; readonly format: string; readonly pageSize: number }
  | { readonly kind: "reach"; readonly format: string; readonly reach: number; readonly pages: number }
  | { readonly kind: "page-bits"; readonly pageSize: number }
  | { readonly kind: "entry-size"; readonly pageSize: number; readonly entryBytes: number }
  | {
      readonly kind: "levels";
      readonly levels: number;
      /** Of each table. */
      readonly entries: number;
      readonly reach: number;
      readonly pages: number;
    };

export type ResolvedShape =
  | { readonly kind: "good"; readonly format: TableFormat; readonly pages: number }
  | { readonly kind: "bad"; readonly refusal: ShapeRefusal };

/** The largest address that a number holds exactly is 2^53 - 1, so that is where every address space ends. */
const mostAddressBits = 53;

/** Resolves a shape to a format and the number of virtual pages, or says what is wrong with it. */
export function resolveShape(shape: TableShape): ResolvedShape {
  const { pageSize, frames, format: name } = shape;
  if (name === "flat") {
    const pages = shape.pages ?? 2 ** 20;
    const format = teachingFormat("flat", [bitsFor(pages)], bitsFor(pageSize), shape.entryBytes ?? 4);
    return { kind: "good", format, pages };
  }
  if (name === "radix") return resolveRadix(shape, frames);
  if (pageSize !== 4096) return bad({ kind: "page-size", format: name, pageSize });
  const format = name === "sv39" ? sv39 : x86Format(name, name === "x86-64" ? 4 : 5);
  const bits = format.indexBits.reduce((sum, count) => sum + count, 0);
  // Canonical addresses of the lower half; the upper half has addresses beyond what a number holds exactly.
  const reach = 2 ** Math.min(bits - 1, mostAddressBits - 12);
  const pages = shape.pages ?? reach;
  return pages <= reach ? { kind: "good", format, pages } : bad({ kind: "reach", format: name, reach, pages });
}

function resolveRadix(shape: TableShape, frames: number): ResolvedShape {
  const { pageSize, levels } = shape;
  const offsetBits = bitsFor(pageSize);
  if (2 ** offsetBits !== pageSize) return bad({ kind: "page-bits", pageSize });
  const entryBytes = shape.entryBytes ?? teachingEntryBytes(frames);
  const widest = offsetBits - bitsFor(entryBytes);
  if (widest < 1) return bad({ kind: "entry-size", pageSize, entryBytes });
  const reachBits = Math.min(widest * levels, mostAddressBits - offsetBits);
  const bits = shape.pages === null ? reachBits : bitsFor(shape.pages);
  if (bits > widest * levels) {
    const reach = 2 ** (widest * levels);
    return bad({ kind: "levels", levels, entries: 2 ** widest, reach, pages: shape.pages ?? 0 });
  }
  // The lower tables are full pages; the root takes what is left, as on real machines.
  const indexBits = Array.from({ length: levels }, (_, level) =>
    Math.min(widest, Math.max(0, bits - widest * (levels - 1 - level))),
  );
  return {
    kind: "good",
    format: teachingFormat("radix", indexBits, offsetBits, entryBytes),
    pages: shape.pages ?? 2 ** bits,
  };
}

function bad(refusal: ShapeRefusal): ResolvedShape {
  return { kind: "bad", refusal };
}

/** The index into each level's table, the root first. Exact for page numbers beyond 2^31. */
export function indicesOf(format: TableFormat, vpn: number): number[] {
  const indices: number[] = [];
  let rest = vpn;
  for (let level = format.indexBits.length - 1; level >= 0; level--) {
    const entries = 2 ** format.indexBits[level];
    indices.unshift(rest % entries);
    rest = Math.floor(rest / entries);
  }
  return indices;
}

/** The sizes of huge pages that the format has, as powers of two of the least page. */
export function hugeOrders({ indexBits, hugeLevels }: TableFormat): number[] {
  return hugeLevels
    .filter((level) => level < indexBits.length)
    .map((level) => indexBits.slice(indexBits.length - level).reduce((sum, bits) => sum + bits, 0));
}
