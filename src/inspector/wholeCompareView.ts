import type { Words } from "../language/Words";
import type { ComparisonTable } from "../machine/compare/comparisonTable";
import { partNotes, partTable, partTitle } from "../machine/compare/parts/tables";
import type { WholeComparison } from "../machine/compare/WholeComparison";
import { compareView, translated, type CompareAgain, type CompareView } from "./compareView";

const noTable: ComparisonTable = { subject: "", columns: [], rows: [] };

/** The view of everything that was compared, in the language of the words and of `translate`. */
export function wholeCompareView(
  title: string,
  { heap, parts, paging }: WholeComparison,
  hasLines: boolean,
  again: CompareAgain,
  words: Words,
  translate: (text: string) => string,
): CompareView {
  const views = parts.map((part) => ({
    heading: partTitle(part, words),
    table: translated(partTable(part), translate),
    notes: partNotes(part, words),
  }));
  const fits =
    heap === null
      ? { title, pool: null, table: noTable, differences: [], hasLines }
      : compareView(title, heap, hasLines, translate);
  return { ...fits, paging, parts: views, again };
}
