import type { HeaderDamage } from "../../engine/heap/blocks";
import type { Heap } from "../../engine/heap/Heap";
import type { LinkDamage } from "../../engine/pool/contract";
import { blockFacts, regionFacts } from "../problems/facts";
import type { DamagedField, DamagedLink } from "../problems/heapCorruption";
import type { FixedSizeRegion } from "../state/regions";
import type { World } from "../state/World";

/** What problems say about a damaged header field. */
export function fieldFacts(world: World, heap: Heap, damage: HeaderDamage): DamagedField {
  const { block, field, expected } = damage;
  const owner = world.ledger.get(block.owner);
  return {
    field,
    address: block.address,
    isFree: block.state === "free",
    owner: owner === undefined ? null : blockFacts(owner),
    expected,
    found: exactly(heap, damage),
  };
}

/** What problems say about a damaged link or field of bookkeeping. */
export function linkFacts(region: FixedSizeRegion, { field, index, expected, found }: LinkDamage): DamagedLink {
  return { region: regionFacts(region), field, index, expected, found };
}

/** The value that a damaged field holds now; as hexadecimal digits where a number would be rounded. */
function exactly(heap: Heap, { address, found }: HeaderDamage): number | string {
  if (found <= Number.MAX_SAFE_INTEGER || heap.bytes === null) return found;
  return littleEndian(heap.bytes.read(address, 8));
}

/** Bytes of memory as the little-endian number that they make. */
function littleEndian(data: Uint8Array): string {
  let value = 0n;
  for (let index = data.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(data[index]);
  return `0x${value.toString(16)}`;
}
