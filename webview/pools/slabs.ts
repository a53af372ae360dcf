import type { PoolView, SlabView } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { el } from "../ui/dom";
import { count } from "../ui/numbers";

/** The cells of a slab cache, one group a slab with its state and colour; `cells` holds those of all slabs in order. */
export function slabGroups(pool: PoolView, cells: readonly HTMLElement[], strings: InspectorStrings): HTMLElement[] {
  let from = 0;
  return pool.slabs.map((slab) => {
    const own = cells.slice(from, from + slab.cells);
    from += slab.cells;
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
      el("div", { class: "pool-grid-cells" }, ...own),
    );
  });
}

function headingOf({ index, state, used, objects, colour }: SlabView, strings: InspectorStrings): string {
  const states = { full: strings.slabFull, partial: strings.slabPartial, empty: strings.slabEmpty };
  return format(strings.slabHeading, index, states[state], count(used), count(objects), count(colour));
}
