import { parse } from "../../language/parsing/parser";
import type { Words } from "../../language/Words";
import { History } from "../../machine/run/History";
import { defaultLimits, type MachineLimits } from "../../machine/run/limits";
import { pageMedium } from "../drawing/pageMedium";
import { pagesPicture } from "../drawing/pagesPicture";
import { svgOf } from "../drawing/svg";
import { LifetimeRecorder } from "../lifetimes/LifetimeRecorder";
import { markup, Markup, prose } from "../markup";
import type { PanelSnapshot, ProblemView } from "../model";
import type { SnapshotPart } from "../parts";
import { heapFigure } from "../report/heapFigure";
import { reportTexts, type ReportTexts } from "../report/numbers";
import { rowsTable } from "../rows/exportHtml";
import { SeriesRecorder } from "../series";
import { buildSnapshot, problemView } from "../snapshot";
import { format, type InspectorStrings } from "../strings";
import { highlight } from "./highlight";

/** The pictures that a fence can ask for by the word after `memscript`. */
export const noteViews = ["heap", "pages", "rows", "none"] as const;
export type NoteView = (typeof noteViews)[number];

export interface NoteTexts {
  readonly strings: InspectorStrings;
  /** BCP 47 language of the strings. */
  readonly lang: string;
  /** Of the messages of problems. */
  readonly words: Words;
}

/** A script in a text, ready for a page. */
export interface Note {
  /** The script's lines with their words coloured. */
  readonly code: string;
  /** What stands below them: the picture of memory, the problems. */
  readonly figure: string;
}

/** Scripts in a text are short; a longer one is drawn as it is after so many steps, and says so. */
const mostSteps = 5000;
const mostProblems = 10;
const mostRows = 60;
const segmentBudget = 300;
/** Units of a drawing, about the pixels of a preview beside its text. */
const heapWidth = 600;
const limits: MachineLimits = { ...defaultLimits, memory: 64 * 1024 ** 2, residentMemory: 16 * 1024 ** 2 };

/**
 * Runs a script of a text and draws memory at its end.
 * @param view is null where the text names none: then whatever the script has is drawn.
 * @param id begins the ids of its drawings; no other note of the page has it.
 */
export function note(script: string, view: NoteView | null, id: string, texts: NoteTexts): Note {
  const program = parse(script.replace(/\n$/, ""));
  const history = new History(program, { limits, overrides: new Map() });
  const recorder = view === "rows" ? new LifetimeRecorder() : null;
  while (history.position < mostSteps) {
    const record = history.stepForward();
    if (record === undefined) break;
    recorder?.record(record, history.state);
  }
  // Without the last step's record, whose changes would be marked: a text shows what is, not what happened last.
  const { options, state, position, finished, next, nextLine, reached } = history;
  const end = { program, options, state, position, finished, next, nextLine, reached, problems: history.problems };
  const snapshot = buildSnapshot({
    history: { ...end, record: undefined },
    title: "",
    series: new SeriesRecorder(),
    parts: drawnParts(view),
    segmentBudget,
    words: texts.words,
  });
  const numbers = reportTexts(texts.strings, texts.lang);
  const problems = end.problems.map((problem) => problemView(problem, texts.words));
  const content = { ...texts, region: null, lineText: (line: number) => program.lines[line] ?? "" };
  const rows = recorder && rowsTable(recorder, content, id, mostRows);
  const figure = markup`<div class="memscript-note">${pictures(snapshot, id, numbers)}${rows}${finished ? null : markup`<p class="quiet">${format(texts.strings.noteCut, numbers.count(mostSteps))}</p>`}${list(problems, numbers)}</div>
`;
  return { code: highlight(program).text, figure: figure.text };
}

/** The parts of memory that are drawn at the end; rows are recorded on the way. */
function drawnParts(view: NoteView | null): ReadonlySet<SnapshotPart> {
  switch (view) {
    case "heap":
      return new Set(["heaps"]);
    case "pages":
      return new Set(["pages"]);
    case "rows":
    case "none":
      return new Set();
    case null:
      return new Set(["heaps", "pages"]);
  }
}

function pictures({ heaps, pages }: PanelSnapshot, id: string, texts: ReportTexts): Markup[] {
  const figures = heaps.map((heap, at) => heapFigure(heap, `${id}-heap-${at}`, texts, heapWidth));
  return pages === null ? figures : [...figures, pagesFigure(pages, `${id}-pages`, texts)];
}

function pagesFigure(view: NonNullable<PanelSnapshot["pages"]>, id: string, { strings, count }: ReportTexts): Markup {
  const { width, height, items } = pagesPicture(view, {
    pages: strings.virtualPages,
    frames: format(strings.physicalFrames, count(view.frames - 1)),
    notTouched: strings.notTouched,
    evicted: strings.evicted,
    slot: (slot) => format(strings.swapSlot, count(slot)),
    more: (left) => format(strings.chainMore, count(left)),
  });
  const title = format(strings.pagesDrawing, count(Math.min(view.mapped, view.rows.length)));
  return markup`<figure><svg viewBox="0 0 ${width} ${height}" style="max-width:${width}px" role="img" aria-labelledby="${id}-title"><title id="${id}-title">${title}</title>${new Markup(svgOf(items, pageMedium(id)))}</svg></figure>`;
}

function list(problems: readonly ProblemView[], { strings, count }: ReportTexts): Markup | null {
  if (problems.length === 0) return null;
  const entries = problems
    .slice(0, mostProblems)
    .map(
      ({ severity, line, message }) =>
        markup`<li class="${severity}">${format(strings.noteProblem, count(line + 1))} ${prose(message)}</li>`,
    );
  const left = problems.length - entries.length;
  return markup`<ul class="problems">${entries}${left > 0 ? markup`<li class="quiet">${format(strings.chainMore, count(left))}</li>` : null}</ul>`;
}
