import type { StructureRow, StructureView } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { count } from "../ui/numbers";
import { TwinTable, type Row } from "../ui/table";

/** Free blocks as the heap's policy keeps them: a table for bins, quick lists, buddy orders or an arena's pointer. */
export class StructureTables {
  private readonly twins: ReadonlyMap<StructureView["kind"], TwinTable>;

  constructor(
    private readonly context: PanelContext,
    name: string,
  ) {
    const { strings } = context;
    const sizes = [
      { title: strings.factSize, numeric: true },
      { title: strings.columnBlocks, numeric: true },
      { title: strings.columnAddresses },
    ];
    const arena = [
      { title: strings.columnNextAddress, numeric: true },
      { title: strings.columnDeadBlocks, numeric: true },
      { title: strings.columnDeadBytes, numeric: true },
    ];
    this.twins = new Map([
      ["bins", new TwinTable(strings.tableBins, sizes, strings, `bins ${name}`)],
      ["quick", new TwinTable(strings.tableQuickLists, sizes, strings, `quickLists ${name}`)],
      ["buddy", new TwinTable(strings.tableBuddyOrders, sizes, strings, `buddyOrders ${name}`)],
      ["arena", new TwinTable(strings.tableArena, arena, strings, `arena ${name}`)],
    ]);
    for (const { element } of this.twins.values()) element.hidden = true;
  }

  /** All of them; only the one that the policy has shows. */
  get elements(): HTMLElement[] {
    return Array.from(this.twins.values(), ({ element }) => element);
  }

  update(structure: StructureView): void {
    for (const [kind, twin] of this.twins) {
      const isShown = kind === structure.kind;
      twin.element.hidden = !isShown;
      twin.update(() => (isShown ? this.rows(structure) : []));
    }
  }

  private rows(structure: StructureView): Row[] {
    if (structure.kind !== "arena") return structure.rows.map((row) => this.sizeRow(row));
    return [{ cells: [structure.pointer, count(structure.deadBlocks), count(structure.deadBytes)] }];
  }

  private sizeRow({ least, below, blocks, addresses }: StructureRow): Row {
    const { strings } = this.context;
    const sizes = below === least + 1 ? count(least) : format(strings.sizeRange, count(least), count(below - 1));
    const listed = blocks > addresses.length ? [...addresses, "…"] : addresses;
    return { cells: [sizes, count(blocks), listed.join(" ")], attributes: { "data-least": least } };
  }
}
