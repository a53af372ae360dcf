import type { Allocation } from "../machine/state/allocation";
import { englishWords, type Words } from "../language/Words";
import type { MomentReader } from "../machine/run/readers";
import { storyText } from "../machine/stories/storyText";
import { lostBlocks } from "../machine/leaks/lostBlocks";
import { titleOf, wordsOf, type Problem } from "../machine/problems/Problem";
import { cachesView } from "./cachesView";
import { changeMarks, viewedPages } from "./changes";
import type { DetailWindow } from "./heapSegments";
import { heapView } from "./heapView";
import type { ProblemView, PanelSnapshot, StepView } from "./model";
import { pagesView, type PagesWindow } from "./pagesView";
import { poolView } from "./poolView";
import { emptyParts, snapshotParts, type SnapshotPart, type SnapshotParts } from "./parts";
import type { SeriesRecorder } from "./series";

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
  /** The parts that shown views draw; all when left out. */
  readonly parts?: ReadonlySet<SnapshotPart>;
  /** Of the story, the page walk and the problems; English when left out. */
  readonly words?: Words;
  /** Segments of one heap at most. */
  readonly segmentBudget?: number;
}

/** A segment for each pixel of a wide panel: more could not be seen. */
const defaultSegmentBudget = 2000;
const markedStepBudget = 500;

/** What the panel shows at the history's present position. Reads only. */
export function buildSnapshot(input: SnapshotInput): PanelSnapshot {
  const { history } = input;
  const sources = partSources(input);
  const wanted = snapshotParts.filter((part) => input.parts?.has(part) ?? true);
  return {
    title: input.title,
    run: input.run ?? 0,
    running: input.running ?? false,
    step: stepView(history, input),
    contents: snapshotParts.filter((part) => sources[part].hasContent),
    parts: wanted,
    ...emptyParts,
    ...Object.fromEntries(wanted.map((part) => [part, sources[part].build()])),
  };
}

/** Where a part comes from. */
interface PartSource<Part> {
  /** Whether there is something to draw at this step. */
  readonly hasContent: boolean;
  build(): Part;
}

function partSources(input: SnapshotInput): { readonly [Part in SnapshotPart]: PartSource<SnapshotParts[Part]> } {
  const { history, series, windows, segmentBudget: budget = defaultSegmentBudget } = input;
  const { state } = history;
  const { heaps, pools, vm, caches } = state;
  const marks = changeMarks(history.record, viewedPages(vm));
  const allocation = (id: number): Allocation | undefined => state.allocation(id);
  const isLeaked = leakTest(history.problems);
  return {
    heaps: {
      hasContent: heaps.size > 0,
      build: () =>
        Array.from(heaps, ([name, heap]) =>
          heapView({ heap, marks, allocation, isLeaked, budget, window: windows?.get(name) }),
        ),
    },
    pools: {
      hasContent: pools.size > 0,
      build: () => Array.from(pools.values(), (pool) => poolView(pool, marks, allocation)),
    },
    pages: { hasContent: vm !== null, build: () => pagesView(state, marks, input.pages, input.words) },
    caches: { hasContent: caches !== null, build: () => cachesView(state) },
    series: { hasContent: series.hasCurve, build: () => series.view() },
  };
}

/** Whether the run has reported the block as a leak by now. */
function leakTest(problems: readonly Problem[]): (id: number) => boolean {
  const ids = new Set<number>();
  for (const problem of problems) for (const id of lostBlocks(problem)) ids.add(id);
  return ids.size === 0 ? () => false : (id) => ids.has(id);
}

function stepView(history: MomentReader, { total, breakpointSteps, words = englishWords }: SnapshotInput): StepView {
  const { record, position, reached, finished, problems } = history;
  const steps = [...new Set(problems.map((problem) => problem.step))].filter((step) => step > 0);
  return {
    position,
    reached: Math.max(reached, position),
    total: finished ? position : (total ?? null),
    finished,
    line: record?.line ?? null,
    text: record?.text ?? "",
    story: record === undefined ? "" : storyText(record, words),
    nextLine: history.nextLine,
    problems: (record?.problems ?? []).map((problem) => problemView(problem, words)),
    problemCount: problems.length,
    problemSteps: steps.sort((left, right) => left - right).slice(0, markedStepBudget),
    breakpointSteps: breakpointSteps ?? [],
  };
}

export function problemView(problem: Problem, words: Words): ProblemView {
  const { id, severity, line, step } = problem;
  return { id, severity, title: titleOf(id, words), line, step, ...wordsOf(problem, words) };
}
