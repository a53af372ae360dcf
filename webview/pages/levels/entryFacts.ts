import { toHex } from "../../../src/engine/address";
import type { TableLevels } from "../../../src/inspector/tableStrip";
import type { InspectorStrings } from "../../../src/inspector/strings";
import { el } from "../../ui/dom";
import { leadsTo, lettersOf, sentenceOf, wordOf, type StripCell } from "./entry";

/** One entry: its place, its word, all bits of its format with the set ones marked, and where it leads. */
export function entryFacts(levels: TableLevels, cell: StripCell, strings: InspectorStrings): Node[] {
  const word = wordOf(levels, cell);
  if (word === null) return [document.createTextNode(sentenceOf(levels, cell, strings))];
  const { strip, first } = cell;
  const address = strip.frame === null ? null : strip.frame * levels.pageSize + first * levels.entryBytes;
  const set = word[1].split(" ");
  const bits = [...levels.bits]
    .reverse()
    .map(({ name }) => el("span", { class: set.includes(name) ? "entry-bit set" : "entry-bit" }, name));
  return [
    el("strong", {}, `${strip.table} [${first}]`),
    ...(address === null ? [] : [el("span", { class: "muted" }, toHex(address))]),
    el("code", {}, word[0]),
    el("span", { class: "entry-bits", role: "img", "aria-label": word[1] }, ...bits),
    el("span", {}, `→ ${leadsTo(cell, strings)} `, el("code", {}, lettersOf(cell))),
  ];
}

/** The looks of the cells: all of a page table's, or those of an inverted table. */
export function legend({ bits }: TableLevels, strings: InspectorStrings): HTMLElement[] {
  const entry = (look: string, text: string): HTMLElement =>
    el("li", {}, el("span", { class: `entry-swatch ${look}`, "aria-hidden": "true" }), text);
  if (bits.length === 0) return [entry("table", strings.entryChain), entry("absent", strings.entryAbsent)];
  return [
    entry("table", strings.stateTables),
    entry("page write", strings.legendWritable),
    entry("page read-only", strings.legendReadOnly),
    entry("page execute", strings.legendExecutable),
    entry("page write-execute", strings.legendWriteExecute),
    entry("huge", strings.legendHuge),
    entry("swapped", strings.legendSwapped),
    entry("mixed", strings.legendMixed),
    entry("absent", strings.entryAbsent),
  ];
}
