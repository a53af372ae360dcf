import type { PoolView } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { el } from "../ui/dom";
import { count } from "../ui/numbers";

/** How much of a pool is used, and a line at its high-water mark. */
export function usageBar(pool: PoolView, strings: InspectorStrings): HTMLElement {
  const { count: all } = pool;
  const { usedBlocks, peakUsed } = pool.stats;
  const share = (blocks: number): string => `${all === 0 ? 0 : Math.min(100, (100 * blocks) / all)}%`;
  const label = format(strings.poolBar, count(usedBlocks), count(all), count(peakUsed));
  const used = el("span", { class: "usage-used" });
  used.style.width = share(usedBlocks);
  const mark = el("span", { class: "usage-mark", title: format(strings.poolMark, count(peakUsed)) });
  mark.style.insetInlineStart = share(peakUsed);
  return el("div", { class: "usage-bar", role: "img", "aria-label": label, title: label }, used, mark);
}
