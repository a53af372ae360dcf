import type { ByteStoreContract } from "../bytes/contract";
import type { AddressSpace } from "./AddressSpace";
import type { Mappings } from "./Mappings";
import type { Pager } from "./Pager";
import { pageFlags, setBitsOf } from "./entryBits";
import { littleEndianWord, readWord, walkTables, type EntryFault, type TableWalk, type WalkedEntry } from "./tableWalk";
import { indicesOf, type TableFormat } from "./tableFormats";

/** Why a root table cannot be in a frame; `no-tables`: the page table is not in physical memory. */
export type RootFailure = "none" | "no-tables" | "invalid-frame" | "frame-in-use";

/**
 * The tables of multi-level page tables in physical memory: they take frames as pages do, and each entry's word is written
 * there, so that a script can read the very bits that a processor would walk. A flat table lies outside physical memory, as
 * textbooks draw it.
 */
export class PageTables {
  readonly areInMemory: boolean;
  /** Entries were written by hand: from then on the bytes of memory say what a processor finds. */
  areByHand = false;
  private readonly levels: number;
  private readonly mappings: Mappings;

  constructor(
    private readonly format: TableFormat,
    private readonly pageSize: number,
    private readonly pager: Pager,
    /** Null when memory has no bytes. */
    private readonly physical: ByteStoreContract | null,
    private readonly frames: number,
    private readonly physicalBits: number,
  ) {
    this.levels = format.indexBits.length;
    this.areInMemory = this.levels > 1;
    this.mappings = pager.mappings;
  }

  /** The level, from the root, of the entry that maps a page of 2^order pages. */
  leafLevel(order: number): number {
    let level = this.levels - 1;
    for (let bits = 0; bits < order; level--) bits += this.format.indexBits[level];
    return level;
  }

  /**
   * Makes the tables on the way to a page, without evicting the pinned frame. False with the reason in the pager when there
   * is no frame; then none is made.
   */
  prepare(space: AddressSpace, vpn: number, order: number, pinned = -1): boolean {
    return !this.areInMemory || this.makeTables(space, vpn, this.leafLevel(order), pinned);
  }

  private makeTables(space: AddressSpace, vpn: number, leaf: number, pinned: number): boolean {
    const made: number[] = [];
    for (const level of space.tree.missing(vpn, leaf)) {
      const frame = this.pager.takeTableFrame(space, pinned);
      if (frame < 0) {
        for (const taken of space.tree.removeTables(vpn, made)) this.pager.frames.give(taken);
        if (made.length > 0 && made[0] > 0) this.writeWord(space, vpn, made[0] - 1, this.format.invalidWord);
        return false;
      }
      this.clearTable(frame, level);
      space.tree.addTable(level, vpn, frame);
      made.push(level);
      if (level > 0) this.writeTableEntry(space, vpn, level);
    }
    return true;
  }

  /**
   * Gives a space that has no table yet its root in this frame, whose number a processor keeps in a register: the PDBR of
   * textbooks, CR3 of x86, satp of RISC-V. Says why that cannot be.
   */
  placeRoot(space: AddressSpace, frame: number): RootFailure {
    const { frames } = this.pager;
    if (!this.areInMemory) return "no-tables";
    if (!Number.isInteger(frame) || frame < 0 || frame >= frames.count) return "invalid-frame";
    if (frames.isUsed(frame)) return "frame-in-use";
    frames.takeForTable(frame);
    this.clearTable(frame, 0);
    space.tree.addTable(0, 0, frame);
    return "none";
  }

  /** The page is entered in its table. */
  enter(space: AddressSpace, id: number): void {
    if (!this.areInMemory) return;
    const { mappings } = this;
    space.tree.addPage(mappings.vpn[id], this.leafLevel(mappings.order[id]));
    this.write(space, id);
  }

  /** The page leaves its table; tables that are empty then give their frames back. */
  leave(space: AddressSpace, id: number): void {
    if (!this.areInMemory) return;
    const { mappings, pager } = this;
    const vpn = mappings.vpn[id];
    const leaf = this.leafLevel(mappings.order[id]);
    this.writeWord(space, vpn, leaf, this.format.invalidWord);
    const freed = space.tree.removePage(vpn, leaf);
    if (freed.length > 0) this.writeWord(space, vpn, leaf - freed.length, this.format.invalidWord);
    for (const frame of freed) pager.frames.give(frame);
  }

  /** Gives back all tables of a space that ended. */
  release(space: AddressSpace): void {
    for (const { node } of space.tree.all()) this.pager.frames.give(node.frame);
    space.tree.clear();
  }

  /** Writes the entry's word again after its frame or its flags changed. */
  write(space: AddressSpace, id: number): void {
    if (!this.areInMemory || this.physical === null) return;
    const { mappings } = this;
    this.writeWord(space, mappings.vpn[id], this.leafLevel(mappings.order[id]), this.wordOf(id));
  }

  /** Writes the accessed and dirty bits of the entry, which the operating system cleared; what is written by hand stays. */
  writeUsage(space: AddressSpace, id: number): void {
    if (!this.areByHand) {
      this.write(space, id);
      return;
    }
    const { mappings, format } = this;
    const address = this.entryAddress(space, mappings.vpn[id], this.leafLevel(mappings.order[id]));
    if (this.physical === null || address < 0) return;
    const [accessed, dirty] = [setBitsOf(format.bits, ["A"]), setBitsOf(format.bits, ["D"])];
    const flags = mappings.flags[id];
    let word = this.wordAt(address);
    if ((flags & pageFlags.accessed) === 0) word &= ~accessed;
    if ((flags & pageFlags.dirty) === 0) word &= ~dirty;
    this.physical.write(address, littleEndianWord(word, format.entryBytes));
  }

  /** The accessed bit of an entry was set for the first time, and so was that of the tables above. */
  noteWalk(space: AddressSpace, id: number): void {
    if (!this.areInMemory) return;
    const { mappings } = this;
    const vpn = mappings.vpn[id];
    const leaf = this.leafLevel(mappings.order[id]);
    space.tree.markAccessed(vpn, leaf);
    if (this.physical !== null) for (let level = 1; level <= leaf; level++) this.writeTableEntry(space, vpn, level);
  }

  /** The word of a page's entry. */
  wordOf(id: number): bigint {
    const { mappings, format } = this;
    const frame = mappings.frame[id];
    const huge = mappings.order[id] > 0;
    return frame < 0 ? format.invalidWord : format.leafWord(frame, mappings.flags[id], huge);
  }

  /** Whether the word of a page's entry in physical memory is the one that it should be. */
  isWritten(space: AddressSpace, id: number): boolean {
    const { mappings, physical, format } = this;
    const address = this.entryAddress(space, mappings.vpn[id], this.leafLevel(mappings.order[id]));
    if (physical === null || address < 0) return true;
    const word = littleEndianWord(this.wordOf(id), format.entryBytes);
    return physical.read(address, format.entryBytes).every((byte, index) => byte === word[index]);
  }

  /** Why the entry of a present page with these flags is not valid, or null. */
  invalidLeaf(flags: number, order: number): EntryFault | null {
    return this.format.isValid(flags) ? null : { level: this.leafLevel(order), refusal: { kind: "not-present" } };
  }

  /** Walks the bytes of memory to a page. Tables are in memory and have bytes. */
  walk(space: AddressSpace, vpn: number): TableWalk {
    const { format, pageSize, frames, physicalBits, physical } = this;
    const root = space.tree.node(0, vpn);
    if (root === undefined || physical === null) {
      return { entries: [], end: { kind: "fault", level: 0, refusal: { kind: "not-present" } } };
    }
    return walkTables({ format, pageSize, frames, physicalBits, physical }, root.frame, vpn);
  }

  /**
   * The entry of a page at a level, as a walk of the bytes comes to it. Tables that are missing on the way are made, and stay
   * until their process ends. -1 when an entry above leads elsewhere than to a table, or no frame is left for one.
   */
  entryForHand(space: AddressSpace, vpn: number, level: number): number {
    for (let known = 0; ; known++) {
      const { entries, end } = this.walk(space, vpn);
      if (entries.length > level) return entries[level].address;
      const isMissing = end.kind === "fault" && end.refusal.kind === "not-present";
      if (!isMissing || known > level || !this.makeTables(space, vpn, level, -1)) return -1;
      for (let at = 0; at <= level; at++) space.tree.pin(at, vpn);
    }
  }

  /** The pages, half-open, that the entry of a page at a level is about. */
  span(vpn: number, level: number): { readonly from: number; readonly to: number } {
    const size = 2 ** this.format.indexBits.slice(level + 1).reduce((sum, bits) => sum + bits, 0);
    const from = vpn - (vpn % size);
    return { from, to: from + size };
  }

  /** Writes an entry by hand. */
  writeByHand(address: number, word: bigint): void {
    this.areByHand = true;
    this.physical?.write(address, littleEndianWord(word, this.format.entryBytes));
  }

  wordAt(address: number): bigint {
    return this.physical === null ? 0n : readWord(this.physical, address, this.format.entryBytes);
  }

  /** Sets A in the entries of a walk and D in the last, as a processor does: RISC-V pointers and free geometry have none. */
  markWalked(entries: readonly WalkedEntry[], isWrite: boolean): void {
    const { physical, format } = this;
    const marksTables = format.name !== "sv39";
    const last = entries.length - 1;
    for (const [at, { address, word }] of entries.entries()) {
      const names = at < last ? (marksTables ? ["A"] : []) : isWrite ? ["A", "D"] : ["A"];
      const marked = word | setBitsOf(format.bits, names);
      if (marked !== word) physical?.write(address, littleEndianWord(marked, format.entryBytes));
    }
  }

  /** Where the entry of a page at a level is in physical memory; -1 when its table does not exist or is not in memory. */
  entryAddress(space: AddressSpace, vpn: number, level: number): number {
    const node = this.areInMemory ? space.tree.node(level, vpn) : undefined;
    if (node === undefined) return -1;
    return node.frame * this.pageSize + indicesOf(this.format, vpn)[level] * this.format.entryBytes;
  }

  /** Bytes of all tables of a space. */
  bytesOf(space: AddressSpace, pages: number): number {
    return this.areInMemory ? space.tree.tables * this.pageSize : pages * this.format.entryBytes;
  }

  private writeTableEntry(space: AddressSpace, vpn: number, level: number): void {
    const node = space.tree.node(level, vpn);
    if (node !== undefined) this.writeWord(space, vpn, level - 1, this.format.tableWord(node.frame, node.accessed));
  }

  private writeWord(space: AddressSpace, vpn: number, level: number, word: bigint): void {
    const address = this.entryAddress(space, vpn, level);
    if (this.physical === null || address < 0) return;
    this.physical.write(address, littleEndianWord(word, this.format.entryBytes));
  }

  private clearTable(frame: number, level: number): void {
    const { physical, format, pageSize } = this;
    if (physical === null) return;
    physical.erase(frame * pageSize, pageSize);
    const entries = 2 ** format.indexBits[level];
    if (format.invalidWord === 0n) return;
    const word = littleEndianWord(format.invalidWord, format.entryBytes);
    for (let k = 0; k < entries; k++) physical.write(frame * pageSize + k * format.entryBytes, word);
  }
}
