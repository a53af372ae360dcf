import type { Allocation } from "../machine/state/allocation";
import type { MomentReader } from "../machine/run/readers";
import { catalogue, type ProblemDescription } from "../machine/problems/catalogue";
import type { Problem } from "../machine/records/records";
import { cachesView } from "./cachesView";
import { changeMarks, viewedPages } from "./changes";
import type { DetailWindow } from "./heapSegments";
import { heapView } from "./heapView";
import type { ProblemView, PanelSnapshot, StepView } from "./model";
import { pagesView, type PagesWindow } from "./pagesView";
import { poolView } from "./poolView";
import { noSeries, type SeriesRecorder } from "./series";
import { snapshotParts, type SnapshotPart } from "./views";

export interface SnapshotInput {
  readonly history: MomentReader;
  /** The script's name. */
  readonly title: string;
  /** The same number as long as it is the same run. */
  readonly run?: number;
  readonly series: SeriesRecorder;
  /** Whether a run is in progress. */
  readonly running?: boolean;
  /** Steps of the whole run, where somebody has counted them. */
  readonly total?: number | null;
  /** Steps at which lines with breakpoints ran first. */
  readonly breakpointSteps?: readonly number[];
  /** Heap name to the part that the panel asked to see in detail (message `detail`). */
  readonly windows?: ReadonlyMap<string, DetailWindow>;
  /** What is wanted of virtual memory (messages `pageWindow`, `showProcess` and `select`). */
  readonly pages?: PagesWindow;
  /** The parts that somebody looks at; all when left out. */
  readonly parts?: ReadonlySet<SnapshotPart>;
  /** Segments of one heap at most. */
  readonly segmentBudget?: number;
}

/** A segment for each pixel of a wide panel: more could not be seen. */
const defaultSegmentBudget = 2000;
const markedStepBudget = 500;

/** What the panel shows at the history's present position. Reads only. */
export function buildSnapshot(input: SnapshotInput): PanelSnapshot {
  const { history } = input;
  const { state } = history;
  const marks = changeMarks(history.record, viewedPages(state.vm));
  const allocation = (id: number): Allocation | undefined => state.allocation(id);
  const isLeaked = leakTest(history.problems);
  const parts = snapshotParts.filter((part) => input.parts?.has(part) ?? true);
  const has = (part: SnapshotPart): boolean => parts.includes(part);
  return {
    title: input.title,
    run: input.run ?? 0,
    running: input.running ?? false,
    step: stepView(history, input.total ?? null, input.breakpointSteps ?? []),
    contents: {
      heaps: [...state.heaps.keys()],
      pools: [...state.pools.keys()],
      pages: state.vm !== null,
      caches: state.caches !== null,
      curve: input.series.hasCurve,
    },
    parts,
    heaps: Array.from(has("heaps") ? state.heaps : [], ([name, heap]) =>
      heapView({
        heap,
        marks,
        allocation,
        isLeaked,
        budget: input.segmentBudget ?? defaultSegmentBudget,
        window: input.windows?.get(name),
      }),
    ),
    pools: Array.from(has("pools") ? state.pools.values() : [], (pool) => poolView(pool, marks, allocation)),
    pages: has("pages") ? pagesView(state, marks, input.pages) : null,
    caches: has("caches") ? cachesView(state) : null,
    series: has("series") ? input.series.view() : noSeries,
  };
}

/** Whether the run has reported the block as a leak by now. */
function leakTest(problems: readonly Problem[]): (id: number) => boolean {
  const ids = new Set<number>();
  for (const { leaked } of problems) if (leaked !== undefined) for (const id of leaked) ids.add(id);
  return ids.size === 0 ? () => false : (id) => ids.has(id);
}

function stepView(history: MomentReader, total: number | null, breakpointSteps: readonly number[]): StepView {
  const { record, position, reached, finished, problems } = history;
  const steps = [...new Set(problems.map((problem) => problem.step))].filter((step) => step > 0);
  return {
    position,
    reached: Math.max(reached, position),
    total: finished ? position : total,
    finished,
    line: record?.line ?? null,
    text: record?.text ?? "",
    story: record?.story ?? "",
    nextLine: history.nextLine,
    problems: (record?.problems ?? []).map(problemView),
    problemCount: problems.length,
    problemSteps: steps.sort((left, right) => left - right).slice(0, markedStepBudget),
    breakpointSteps,
  };
}

export function problemView(problem: Problem): ProblemView {
  const { id, severity, message, advice, line, step, related } = problem;
  const description: ProblemDescription = catalogue[id];
  return { id, severity, title: description.title, message, advice, line, step, related };
}
