import type { ByteStoreContract } from "../bytes/contract";
import { patternDamage, redZoneByte } from "../bytes/patterns";
import type { BlockTable } from "./BlockTable";
import type { GuardDamage, HeapBlock } from "./blocks";
import type { HeapOptions } from "./options";

/**
 * The bytes that a debug allocator writes around and into payloads, so that mistakes show.
 *
 * The red zone before a payload reaches from the end of the header, the one after it from the last requested byte to
 * the footer: rounding and alignment slack belong to them, as in Valgrind and AddressSanitizer. A fresh payload is
 * filled with `fresh`, a freed one with `freed`, as glibc's `MALLOC_PERTURB_` and Microsoft's debug heap do; neither
 * counts as written by the script.
 */
export class GuardBytes {
  constructor(
    private readonly bytes: ByteStoreContract,
    private readonly table: BlockTable,
    private readonly options: HeapOptions,
  ) {}

  /** The block has been handed out. */
  allocated(id: number): void {
    const { table } = this;
    this.fillFresh(table.payload(id), table.requested(id));
    this.paintZones(id);
  }

  /** The block has another size; its first `kept` bytes are as they were. */
  resized(id: number, kept: number): void {
    const { table } = this;
    this.fillFresh(table.payload(id) + kept, table.requested(id) - kept);
    this.paintZones(id);
  }

  /** The block, still a used one in the table, is about to be free. Its red zones are whole again in quarantine. */
  freed(id: number): void {
    const { freed } = this.options;
    this.paintZones(id);
    if (freed !== null) this.fillUnwritten(this.table.payload(id), this.table.requested(id), freed);
  }

  paintZones(id: number): void {
    if (this.options.redzone === 0) return;
    const { table, bytes } = this;
    const front = this.frontOf(id);
    const end = table.payload(id) + table.requested(id);
    bytes.fill(front, table.payload(id) - front, redZoneByte);
    bytes.fill(end, this.backOf(id) - end, redZoneByte);
  }

  /** Adds what is wrong with the red zones of a used block, or with the fill of a quarantined one. */
  collectDamage(id: number, block: HeapBlock, into: GuardDamage[]): void {
    const { table, options } = this;
    const payload = table.payload(id);
    const end = payload + table.requested(id);
    const compare = (zone: GuardDamage["zone"], from: number, to: number, expected: number): void => {
      const damage = patternDamage(this.bytes, from, to, expected);
      if (damage !== null) into.push({ block, zone, ...damage });
    };
    if (options.redzone > 0) {
      compare("before", this.frontOf(id), payload, redZoneByte);
      compare("after", end, this.backOf(id), redZoneByte);
    }
    if (table.isQuarantined(id) && options.freed !== null) compare("freed", payload, end, options.freed);
  }

  /** Where the red zone before the payload begins. */
  private frontOf(id: number): number {
    return this.table.address(id) + this.options.header;
  }

  /** Where the red zone after the payload ends. */
  private backOf(id: number): number {
    return this.table.end(id) - this.options.footer;
  }

  private fillFresh(address: number, length: number): void {
    const { fresh } = this.options;
    if (fresh !== null) this.fillUnwritten(address, length, fresh);
  }

  private fillUnwritten(address: number, length: number, byte: number): void {
    if (length <= 0) return;
    this.bytes.fill(address, length, byte);
    this.bytes.forget(address, length);
  }
}
