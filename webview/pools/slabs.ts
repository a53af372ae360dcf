import type { PoolView, SlabView } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { el } from "../ui/dom";
import { count } from "../ui/numbers";

/** The slabs of a cache by their states, each with its state, its colour and its cells; `cells` holds those of all in order. */
export function slabGroups(pool: PoolView, cells: readonly HTMLElement[], strings: InspectorStrings): HTMLElement[] {
  const titles = { partial: strings.slabsPartial, full: strings.slabsFull, empty: strings.slabsEmpty };
  const groups: HTMLElement[] = [];
  let state: SlabView["state"] | null = null;
  let from = 0;
  for (const slab of pool.slabs) {
    if (slab.state !== state) {
      state = slab.state;
      const title = format(titles[state], count(pool.slabCounts[state]));
      groups.push(el("div", { class: "slab-state", "aria-hidden": "true", "data-state": state }, title));
    }
    groups.push(slabBox(slab, cells.slice(from, from + slab.cells), strings));
    from += slab.cells;
  }
  return groups;
}

function slabBox(slab: SlabView, cells: readonly HTMLElement[], strings: InspectorStrings): HTMLElement {
  const text = headingOf(slab, strings);
  return el(
    "div",
    {
      class: `slab ${slab.state}`,
      role: "group",
      "aria-label": text,
      "data-slab": slab.index,
      "data-state": slab.state,
    },
    el("div", { class: "slab-heading", "aria-hidden": "true" }, `${text} · ${slab.address}`),
    el("div", { class: "pool-grid-cells" }, ...cells),
  );
}

function headingOf({ index, state, used, objects, colour }: SlabView, strings: InspectorStrings): string {
  const states = { full: strings.slabFull, partial: strings.slabPartial, empty: strings.slabEmpty };
  return format(strings.slabHeading, index, states[state], count(used), count(objects), count(colour));
}
