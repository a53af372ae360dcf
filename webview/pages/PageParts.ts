import type { PagesView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { count, size } from "../ui/numbers";
import { TwinTable, type Column, type Row } from "../ui/table";

/** One table beside the page table, and what of a view it shows; nothing to show hides it. */
interface Part {
  readonly table: TwinTable;
  readonly rows: (view: PagesView) => Row[];
}

/** What there is beside the page table: the processes to choose from, regions, tables, lookaside buffer, swap slots. */
export class PageParts {
  readonly chooser = el("label", { class: "chooser" });
  private readonly choice = el("select");
  private readonly parts: readonly Part[];

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    this.chooser.append(strings.process, this.choice);
    this.choice.addEventListener("change", () => context.post({ kind: "showProcess", name: this.choice.value }));
    const part = (id: string, title: string, columns: readonly Column[], rows: (view: PagesView) => Row[]): Part => ({
      table: new TwinTable(title, columns, strings, id),
      rows,
    });
    const text = (title: string): Column => ({ title });
    const number = (title: string): Column => ({ title, numeric: true });
    this.parts = [
      part(
        "regions",
        strings.regions,
        [
          text(strings.columnName),
          text(strings.regionKind),
          number(strings.columnAddress),
          number(strings.columnEnd),
          text(strings.columnFlags),
          text(strings.columnGrows),
        ],
        (view) => regionRows(view, strings),
      ),
      part(
        "tables",
        strings.pageTables,
        [
          text(strings.columnLevel),
          number(strings.columnFrame),
          number(strings.columnFirstPage),
          number(strings.columnUsedEntries),
        ],
        (view) =>
          view.tables.map(({ name, frame, firstPage, used }) => ({
            cells: [name, String(frame), String(firstPage), count(used)],
          })),
      ),
      part(
        "tlb",
        strings.tlb,
        [
          number(strings.columnSet),
          text(strings.process),
          number(strings.columnPage),
          number(strings.columnPages),
          text(strings.columnGlobal),
        ],
        (view) =>
          (view.tlb?.rows ?? []).map(({ set, process, vpn, order, global }) => ({
            cells: [String(set), process, String(vpn), count(2 ** order), global ? strings.yes : strings.no],
          })),
      ),
      part(
        "swap",
        strings.swap,
        [number(strings.columnSlot), text(strings.columnContent), number(strings.columnPacked)],
        (view) => swapRows(view, strings),
      ),
      part(
        "shared",
        strings.sharedFrames,
        [number(strings.columnFrame), number(strings.columnPages), text(strings.columnContent)],
        (view) =>
          view.sharedFrames.map(({ frame, pages, others }) => ({
            cells: [
              String(frame),
              count(pages.length + others),
              pages.map(({ process, vpn }) => format(strings.pageOf, vpn, process)).join(", "),
            ],
          })),
      ),
    ];
  }

  get twins(): readonly HTMLElement[] {
    return this.parts.map(({ table }) => table.element);
  }

  update(view: PagesView): void {
    this.showProcesses(view);
    for (const { table, rows } of this.parts) {
      const shown = rows(view);
      table.element.hidden = shown.length === 0;
      table.update(() => shown);
    }
  }

  /** One process needs no choice. Options are made anew only when they differ, so that an open list stays open. */
  private showProcesses({ processes, process }: PagesView): void {
    const { strings } = this.context;
    this.chooser.hidden = processes.length < 2;
    const options = processes.map(({ name, runs, mapped, resident }) => {
      const facts = runs ? strings.processRuns : strings.processFacts;
      return el("option", { value: name }, format(facts, name, count(mapped), count(resident)));
    });
    const same =
      options.length === this.choice.options.length &&
      options.every((option, at) => option.isEqualNode(this.choice.options[at]));
    if (!same) this.choice.replaceChildren(...options);
    this.choice.value = process;
  }
}

function regionRows(view: PagesView, strings: InspectorStrings): Row[] {
  const kinds = { region: strings.regionRegion, guard: strings.regionGuard, segment: strings.regionSegment };
  const growths = { none: "", up: strings.growsUp, down: strings.growsDown };
  return view.regions.map(({ name, kind, start, end, permissions, growth }) => ({
    cells: [name, kinds[kind], start, end, el("code", {}, permissions), growths[growth]],
  }));
}

function swapRows(view: PagesView, strings: InspectorStrings): Row[] {
  return view.swap.map(({ slot, packed, frame, pages }) => {
    const held = pages.map(({ process, vpn }) => format(strings.pageOf, vpn, process));
    if (frame !== null) held.push(format(strings.swapCopy, frame));
    return { cells: [String(slot), held.join(", "), packed === null ? "" : size(packed)] };
  });
}
