import type { ByteStoreContract } from "../bytes/contract";
import type { AddressSpace } from "./AddressSpace";
import type { Mappings } from "./Mappings";
import type { Pager } from "./Pager";
import { indicesOf, type TableFormat } from "./tableFormats";

/**
 * The tables of multi-level page tables in physical memory: they take frames as pages do, and each entry's word is written
 * there, so that a script can read the very bits that a processor would walk. A flat table lies outside physical memory, as
 * textbooks draw it.
 */
export class PageTables {
  readonly areInMemory: boolean;
  private readonly levels: number;
  private readonly mappings: Mappings;

  constructor(
    private readonly format: TableFormat,
    private readonly pageSize: number,
    private readonly pager: Pager,
    /** Null when memory has no bytes. */
    private readonly physical: ByteStoreContract | null,
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
    if (!this.areInMemory) return true;
    const made: number[] = [];
    for (const level of space.tree.missing(vpn, this.leafLevel(order))) {
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

function littleEndianWord(word: bigint, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, k) => Number((word >> BigInt(8 * k)) & 0xffn));
}
