import { englishWords } from "../../language/Words";
import { storyText } from "../../machine/stories/storyText";
import { stepsPerYield, type Work } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../../machine/run/options";
import { History } from "../../machine/run/History";
import type { HeapView, ProblemView, SeriesView } from "../model";
import { SeriesRecorder } from "../series";
import { buildSnapshot, problemView } from "../snapshot";
import { statisticTables, type StatisticTable } from "./statistics";

/** What a line of the script did. */
export interface LineStory {
  readonly runs: number;
  /** Of its last run. */
  readonly story: string;
}

/** The heaps after a step. */
export interface ReportMoment {
  readonly step: number;
  /** Requested bytes in use, in all heaps. */
  readonly used: number;
  readonly heaps: readonly HeapView[];
}

/** The facts of a run that a report shows. */
export interface RunFacts {
  readonly lines: readonly string[];
  /** By 0-based line; lines that never ran are absent. */
  readonly stories: ReadonlyMap<number, LineStory>;
  readonly steps: number;
  readonly problems: readonly ProblemView[];
  /** Includes problems beyond the limit of those kept. */
  readonly problemCount: number;
  readonly statistics: readonly StatisticTable[];
  readonly series: SeriesView;
  /** When most bytes were in use; null when that is at the end, or never. */
  readonly peak: ReportMoment | null;
  readonly end: ReportMoment;
}

/** Segments of one heap: each is drawn, and is a row of its table. */
const segmentBudget = 500;
/** Small, because the report goes back only once. */
const checkpointBytes = 16e6;

/** Runs a program to its end, within the limits of the options, and collects the facts of its report. */
export function* collectRun(program: Program, options: MachineOptions, words = englishWords): Work<RunFacts> {
  const history = new History(program, options, checkpointBytes);
  const { state } = history;
  const stories = new Map<number, LineStory>();
  const series = new SeriesRecorder();
  let peak = { step: 0, used: 0 };
  const moment = (): ReportMoment => ({
    step: history.position,
    used: usedBytes(history),
    heaps: buildSnapshot({ history, title: "", series, parts: new Set(["heaps"]), segmentBudget }).heaps,
  });
  series.record(state);
  for (let record = history.stepForward(); record !== undefined; record = history.stepForward()) {
    const { line, step } = record;
    stories.set(line, { runs: (stories.get(line)?.runs ?? 0) + 1, story: storyText(record, words) });
    const used = usedBytes(history);
    if (used > peak.used) peak = { step, used };
    if (history.finished || series.wants(step)) series.record(state);
    if (step % stepsPerYield === 0) yield;
  }
  const { problems, problemCount, position: steps } = history;
  const facts = {
    lines: program.lines.at(-1)?.trim() === "" ? program.lines.slice(0, -1) : program.lines,
    stories,
    steps,
    problems: problems.map((problem) => problemView(problem, words)),
    problemCount,
    statistics: statisticTables(state),
    series: series.view(),
    end: moment(),
  };
  if (peak.used === 0 || peak.used === facts.end.used) return { ...facts, peak: null };
  history.seek(peak.step);
  return { ...facts, peak: moment() };
}

function usedBytes({ state }: History): number {
  let used = 0;
  for (const heap of state.heaps.values()) used += heap.stats().currentUsed;
  return used;
}
