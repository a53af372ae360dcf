import type { ByteStoreContract } from "../bytes/contract";
import { patternDamage, redZoneByte } from "../bytes/patterns";
import type { PoolBlock, ZoneDamage } from "./contract";
import type { PoolGeometry } from "./geometry";

/**
 * The red zones around the used blocks of a pool: filled when a block is handed out, compared when somebody asks. The
 * slack of the alignment beside them belongs to them.
 */
export class PoolZones {
  constructor(
    private readonly bytes: ByteStoreContract,
    private readonly geometry: PoolGeometry,
  ) {}

  /** Paints the zones of a block of `size` bytes. */
  paint(address: number, size: number): void {
    const { lead, stride } = this.geometry;
    this.bytes.fill(address - lead, lead, redZoneByte);
    this.bytes.fill(address + size, stride - lead - size, redZoneByte);
  }

  /** What is wrong with the zones of a used block. */
  damage(block: PoolBlock): ZoneDamage[] {
    const { lead, stride } = this.geometry;
    const start = block.address - lead;
    const before = patternDamage(this.bytes, start, block.address, redZoneByte);
    const after = patternDamage(this.bytes, block.address + block.size, start + stride, redZoneByte);
    return [
      ...(before === null ? [] : [{ block, zone: "before", ...before } as const]),
      ...(after === null ? [] : [{ block, zone: "after", ...after } as const]),
    ];
  }
}
