import type { CachesView, CacheView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { el } from "../ui/dom";
import { count, decimal } from "../ui/numbers";

/** A bar for each level, as long as its misses, of the three kinds one after the other. */
export function missBars(levels: readonly CacheView[], strings: InspectorStrings): HTMLElement {
  const most = levels.reduce((largest, { misses }) => Math.max(largest, misses), 1);
  const bars = levels.map(({ name, misses, compulsory, capacity, conflict }) => {
    const kinds = [
      ["solid", compulsory],
      ["striped", capacity],
      ["dotted", conflict],
    ] as const;
    const label = format(strings.missBar, name, count(misses), count(compulsory), count(capacity), count(conflict));
    const bar = el("div", { class: "miss-bar", role: "img", "aria-label": label, title: label });
    for (const [look, value] of kinds) {
      if (value === 0) continue;
      const part = el("span", { class: `bar-swatch ${look}`, "data-value": value });
      part.style.width = `${(100 * value) / most}%`;
      bar.append(part);
    }
    return el("div", { class: "miss-row" }, el("code", {}, name), bar, el("span", { class: "muted" }, count(misses)));
  });
  const entry = (look: string, text: string): HTMLElement =>
    el("li", {}, el("span", { class: `bar-swatch ${look}`, "aria-hidden": "true" }), text);
  const legend = el(
    "ul",
    { class: "legend", role: "list" },
    entry("solid", strings["cache.compulsory"]),
    entry("striped", strings["cache.capacity"]),
    entry("dotted", strings["cache.conflict"]),
  );
  return el("div", { class: "miss-bars" }, ...bars, legend);
}

/** The effective access time as what it is made of: look-ups in each cache, memory, walks and faults, by references. */
export function accessEquation({ totals, levels, latencies }: CachesView, strings: InspectorStrings): HTMLElement {
  const { accesses, tlbLookups, walkAccesses, pageFaults, amat, effectiveAccessTime } = totals;
  const inCaches = levels.reduce((sum, level) => sum + level.accesses * level.latency, 0);
  // What the average access time has beyond the caches is memory's part.
  const inMemory = latencies.memory === 0 ? 0 : Math.round((amat * accesses - inCaches) / latencies.memory);
  const tlbCycles = latencies.tlb ?? 0;
  const terms = [
    ...levels.map(({ name, accesses: times, latency }) => ({ name, times, cycles: latency })),
    { name: strings.equationMemory, times: inMemory, cycles: latencies.memory },
    { name: strings["caches.tlbLookups"], times: tlbCycles === 0 ? 0 : tlbLookups, cycles: tlbCycles },
    { name: strings["caches.walkAccesses"], times: walkAccesses, cycles: latencies.memory },
    { name: strings["caches.pageFaults"], times: pageFaults, cycles: latencies.disk },
  ].filter(({ times }) => times > 0);
  const parts = terms.map(({ name, times, cycles }, at) =>
    el(
      "span",
      { class: "term" },
      el("code", {}, `${at === 0 ? "" : "+ "}${count(times)} × ${count(cycles)}`),
      el("span", { class: "muted" }, name),
    ),
  );
  const result = `÷ ${count(accesses)} = ${format(strings.equationCycles, decimal(effectiveAccessTime))}`;
  return el(
    "div",
    { class: "equation" },
    el("strong", {}, `${strings["caches.effectiveAccessTime"]} = `),
    ...parts,
    el("span", { class: "term" }, el("code", {}, result), el("span", { class: "muted" }, strings["caches.accesses"])),
  );
}
