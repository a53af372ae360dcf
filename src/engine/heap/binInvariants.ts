import { toHex } from "../address";
import type { Bins } from "./Bins";
import type { BlockTable } from "./BlockTable";
import type { Demand } from "./listInvariants";

/**
 * Every free block but `elsewhere` ones is in the list that `binFor` says, the lists and the bitmaps agree, and the sums
 * are right.
 */
export function checkBins(
  table: BlockTable,
  bins: Bins,
  binFor: (id: number) => number,
  elsewhere: number,
  demand: Demand,
): void {
  let length = 0;
  let bytes = 0;
  for (let bin = 0; bin < bins.count; bin++) {
    const marked = ((bins.bitmap(bin >>> 5) >>> (bin & 31)) & 1) === 1;
    demand(marked === bins.head(bin) >= 0, `The bitmap is wrong about bin ${bin}.`);
    let before = -1;
    for (let id = bins.head(bin); id >= 0 && length <= table.count; id = bins.after(id)) {
      const name = `The block at ${toHex(table.address(id))}`;
      demand(table.isFree(id), `${name} is in bin ${bin} but not free.`);
      demand(table.bin(id) === bin && binFor(id) === bin, `${name} is in bin ${bin}, which is not that of its size.`);
      demand(bins.before(id) === before, `${name} does not know the block before it in bin ${bin}.`);
      before = id;
      bytes += table.size(id);
      length++;
    }
  }
  let walked = 0;
  for (let id = bins.next(-1); id >= 0 && walked <= length; id = bins.next(id)) walked++;
  demand(walked === length, "The bitmaps do not lead to every free block.");
  let free = 0;
  for (let id = table.first; id >= 0; id = table.next(id)) if (table.isFree(id)) free++;
  demand(length + elsewhere === free, "The bins do not hold every free block exactly once.");
  demand(length === bins.length, "The number of blocks in the bins is wrong.");
  demand(bytes === bins.bytes, "The free bytes do not add up.");
}
