import { englishWords } from "../../language/Words";
import { comparisonTable, differenceText, idealName } from "../../machine/compare/comparisonTable";
import type { PartComparison } from "../../machine/compare/parts/rows";
import { partNotes, partTable, partTitle } from "../../machine/compare/parts/tables";
import type { Comparison } from "../../machine/compare/rows";
import type { WholeComparison } from "../../machine/compare/WholeComparison";
import type { PagingCurves } from "../../machine/curves/pagingCurves";
import { comparisonLines, renderTable } from "../table";

/** A comparison for people: a table for each part, where fit policies part, and the curves. */
export function textLines({ heap, parts, paging }: WholeComparison): string[] {
  const sections = [
    ...(heap === null ? [] : [comparisonLines(comparisonTable(heap)), differenceLines(heap)]),
    ...parts.map(partLines),
    ...(paging === null ? [] : [pagingLines(paging)]),
  ];
  if (sections.length === 0)
    return ["There is nothing to compare: no heap, paging on demand, lookaside buffer or cache."];
  return sections.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}

function partLines(compared: PartComparison): string[] {
  const table = compared.rows.length === 0 ? [] : comparisonLines(partTable(compared));
  return [partTitle(compared, englishWords), ...table, ...partNotes(compared, englishWords)];
}

function differenceLines({ rows, differences }: Comparison): string[] {
  if (rows.length < 2) return ["One policy alone has nothing to differ from."];
  if (differences.length === 0) return ["Every step gives the same result under all of them."];
  return differences.map(differenceText);
}

/** Sizes of memory and lengths of windows that the text shows at most. */
const shownPoints = 12;

function pagingLines({ references, pages, sizes, curves, anomaly, workingSet }: PagingCurves): string[] {
  const shown = spread(sizes);
  const windows = spread(workingSet);
  const belady =
    anomaly === null
      ? []
      : [`Belady's anomaly: with ${anomaly[1]} frames fifo faults more often than with ${anomaly[0]}.`];
  return [
    `${references} references to ${pages} pages`,
    ...renderTable([
      ["page faults with frames", ...shown.map((at) => String(sizes[at]))],
      ...curves.map(({ policy, faults }) => [policy, ...shown.map((at) => String(faults[at]))]),
    ]),
    ...belady,
    ...renderTable([
      ["window of references", ...windows.map((at) => String(workingSet[at]?.window ?? 0))],
      ["mean working set", ...windows.map((at) => (workingSet[at]?.pages ?? 0).toFixed(2))],
    ]),
  ];
}

/** Places in a list that are shown: all, or every so many and the last. */
function spread(list: readonly unknown[]): number[] {
  const every = Math.max(1, Math.ceil(list.length / shownPoints));
  return list.map((_, at) => at).filter((at) => at % every === 0 || at === list.length - 1);
}

/** One JSON object for each row, difference, refusal and the curves. */
export function jsonLines({ heap, parts, paging }: WholeComparison): string[] {
  return [
    ...(heap === null ? [] : heapRecords(heap)),
    ...parts.flatMap(({ part, rows, refused }) => [
      ...rows.map((row) => ({ kind: part, ...row })),
      ...refused.map((each) => ({ kind: "refused", part, ...each })),
    ]),
    ...(paging === null ? [] : [{ kind: "paging", ...paging }]),
  ].map((record) => JSON.stringify(record));
}

function heapRecords({ rows, idealBytes, differences }: Comparison): object[] {
  return [
    ...rows.map(({ atPeak, atEnd, ...row }) => ({
      kind: "policy",
      ...row,
      internalFragmentation: atEnd.internal,
      externalFragmentation: atEnd.external,
      internalFragmentationAtPeak: atPeak.internal,
      externalFragmentationAtPeak: atPeak.external,
    })),
    { kind: "ideal", policy: idealName, peakUsed: idealBytes, peakHeapBytes: idealBytes, utilization: 1 },
    ...differences.map((difference) => ({ kind: "difference", ...difference, line: difference.line + 1 })),
  ];
}
