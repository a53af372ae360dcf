import { leadFor } from "./geometry";
import { ListPlacement } from "./ListPlacement";
import type { HeapParts } from "./Placement";

/** The last free block of the list that is large enough serves. The walk looks at the whole list. */
export class LastFitPlacement extends ListPlacement {
  constructor(heap: HeapParts) {
    super(heap, "first-fit");
  }

  override find(need: number, align: number): number {
    let found = -1;
    let id = super.find(need, align);
    for (; id >= 0; id = this.nextFree(id)) {
      const lead = align === 1 ? 0 : leadFor(this.table.address(id), this.options.header, align);
      if (this.table.size(id) >= need + lead) found = id;
    }
    this.searched = this.length;
    return found;
  }
}
