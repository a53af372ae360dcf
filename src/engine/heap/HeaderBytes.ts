import { asAddress } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import type { BlockTable } from "./BlockTable";
import type { HeaderDamage, HeapBlock } from "./blocks";

/** Neighbours of a free block in its list, by block id; -1 at the ends. */
export interface FreeLinks {
  before(id: number): number;
  after(id: number): number;
}

type Field = HeaderDamage["field"];
/** What a header of 32 bytes holds, 8 bytes each; a smaller one holds the first of them that fit whole. */
const headerFields = ["size", "flags", "next", "prev"] as const;
const fieldBytes = 8;

/**
 * The headers and footers of blocks as bytes of the arena. Written from the truth and only where something changed, so
 * that damage done by a script's writes stays visible; read back only to find damage.
 */
export class HeaderBytes {
  private readonly fields: number;
  /** A header too small for a field of 8 bytes keeps size and used bit in one word of 4, as CS:APP's allocator does. */
  private readonly hasWord: boolean;
  private readonly footerWidth: number;

  constructor(
    private readonly bytes: ByteStoreContract,
    private readonly table: BlockTable,
    private readonly links: FreeLinks,
    private readonly header: number,
    private readonly footer: number,
  ) {
    this.fields = Math.min(headerFields.length, Math.floor(header / fieldBytes));
    this.hasWord = this.fields === 0 && header >= 4;
    this.footerWidth = footer >= 8 ? 8 : footer >= 4 ? 4 : 0;
  }

  /** Writes everything the block keeps in bytes. */
  writeAll(id: number): void {
    this.writeSize(id);
    for (let field = 1; field < headerFields.length; field++) this.writeField(id, field);
  }

  /** Writes the size in header and footer. */
  writeSize(id: number): void {
    if (this.hasWord) {
      if (this.hasHeader(id)) this.bytes.setInteger(this.table.address(id), 4, this.word(id));
    } else this.writeField(id, 0);
    if (this.hasFooter(id)) this.bytes.setInteger(this.footerAddress(id), this.footerWidth, this.footerValue(id));
  }

  /** Writes the address of the block after this one in the free list; nothing where the id is -1. */
  writeNext(id: number): void {
    if (id >= 0) this.writeField(id, 2);
  }

  writePrevious(id: number): void {
    if (id >= 0) this.writeField(id, 3);
  }

  /** Adds the disagreements of one block's bytes with the truth. */
  collectDamage(id: number, block: HeapBlock, into: HeaderDamage[]): void {
    const compare = (field: Field, address: number, width: number, expected: number): void => {
      const found = this.bytes.getInteger(address, width);
      if (found !== expected) into.push({ block, field, address: asAddress(address), width, expected, found });
    };
    if (this.hasHeader(id)) {
      const start = this.table.address(id);
      if (this.hasWord) compare("size", start, 4, this.word(id));
      for (let k = 0; k < this.fields; k++) {
        compare(headerFields[k], start + k * fieldBytes, fieldBytes, this.fieldValue(id, k));
      }
    }
    if (this.hasFooter(id)) compare("footer", this.footerAddress(id), this.footerWidth, this.footerValue(id));
  }

  private writeField(id: number, field: number): void {
    if (field >= this.fields || !this.hasHeader(id)) return;
    this.bytes.setInteger(this.table.address(id) + field * fieldBytes, fieldBytes, this.fieldValue(id, field));
  }

  private fieldValue(id: number, field: number): number {
    const { table } = this;
    if (field === 0) return table.size(id);
    if (field === 1) return table.isFree(id) ? 0 : table.isQuarantined(id) ? 2 : 1;
    if (!table.isFree(id)) return 0;
    const neighbour = field === 2 ? this.links.after(id) : this.links.before(id);
    return neighbour < 0 ? 0 : table.address(neighbour);
  }

  private word(id: number): number {
    const size = this.table.size(id);
    const used = !this.table.isFree(id) && size % 2 === 0;
    return (used ? size + 1 : size) % 0x1_0000_0000;
  }

  private hasHeader(id: number): boolean {
    return this.table.size(id) >= this.header;
  }

  private hasFooter(id: number): boolean {
    return this.footerWidth > 0 && this.table.size(id) >= this.header + this.footer;
  }

  private footerAddress(id: number): number {
    return this.table.end(id) - this.footer;
  }

  private footerValue(id: number): number {
    if (this.hasWord && this.footerWidth === 4) return this.word(id);
    const size = this.table.size(id);
    return this.footerWidth === 4 ? size % 0x1_0000_0000 : size;
  }
}
