import type { Work } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import { curvesOf, type CurveRequest, type PagingCurves } from "../curves/pagingCurves";
import type { MachineOptions } from "../run/options";
import type { PolicyChoice } from "./parts/parts";
import type { PartComparison } from "./parts/rows";
import { compareParts } from "./parts/ScriptParts";
import type { Survey } from "./parts/survey";
import type { Comparison } from "./rows";
import { ScriptComparison } from "./ScriptComparison";

/** Everything of a script or trace that has policies, compared. */
export interface WholeComparison {
  /** The fit policies; null where there is no heap, or none of them is chosen. */
  readonly heap: Comparison | null;
  readonly parts: readonly PartComparison[];
  /** Of the page references; null when there are none. */
  readonly paging: PagingCurves | null;
}

/** Runs a script once under each of the chosen policies; `now` gives milliseconds of a steady clock. */
export function* compareWhole(
  program: Program,
  { pages }: Pick<Survey, "pages">,
  choice: PolicyChoice,
  options: MachineOptions,
  now: () => number,
  curves: CurveRequest = {},
): Work<WholeComparison> {
  const count = Object.keys(choice).length + 1;
  const fits = choice.heap ?? [];
  const heap =
    fits.length === 0 ? null : yield* within(new ScriptComparison(program, fits, options, now).run(), 0, 1 / count);
  const begin = heap === null ? 0 : 1 / count;
  const parts = yield* within(compareParts(program, choice, options, now), begin, 1 - 1 / count - begin);
  const paging = pages.length === 0 ? null : yield* within(curvesOf(pages, curves), 1 - 1 / count, 1 / count);
  return { heap, parts, paging };
}

/** Work that is a part of other work, which counts its share done from `begin` on. */
function* within<Result>(work: Work<Result>, begin: number, share: number): Work<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    yield typeof value === "number" ? begin + share * value : value;
  }
}
