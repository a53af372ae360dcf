import { toHex } from "../../engine/address";
import type { HeapView, ProblemView, HeapSegment } from "../model";
import { format } from "../strings";
import type { ReportMoment, RunFacts } from "./collect";
import { blockState, heapFigure } from "./heapFigure";
import { markup, prose, type Markup } from "../markup";
import type { ReportTexts } from "./numbers";
import type { StatisticTable } from "./statistics";
import { reportTable } from "./table";

/** Lines and problems that a page shows at most; it says what it leaves out. */
export const mostLines = 2000;
export const mostProblems = 200;

type Severity = ProblemView["severity"];

const glyphs: Readonly<Record<Severity, string>> = { error: "✖", warning: "▲", information: "ℹ" };

function severityName(severity: Severity, { strings }: ReportTexts): string {
  const { severityError, severityWarning, severityInformation } = strings;
  return { error: severityError, warning: severityWarning, information: severityInformation }[severity];
}

export function summary(facts: RunFacts, texts: ReportTexts): Markup {
  const { strings, count, bytes } = texts;
  const { problems, problemCount, steps, peak } = facts;
  const told =
    problemCount === 0
      ? strings.reportNoProblems
      : problemCount === 1
        ? strings.problemSoFar
        : format(strings.problemsSoFar, count(problemCount));
  const kinds = new Map<string, { readonly problem: ProblemView; count: number }>();
  for (const problem of problems) {
    const kind = kinds.get(problem.id);
    if (kind === undefined) kinds.set(problem.id, { problem, count: 1 });
    else kind.count++;
  }
  return markup`<p>
      ${format(strings.reportRan, count(steps), `${told}${told.endsWith(".") ? "" : "."}`)}${
        peak === null ? null : markup` ${format(strings.reportPeak, count(peak.step), bytes(peak.used))}`
      }
    </p>
    ${
      kinds.size === 0
        ? null
        : markup`<ul>
            ${Array.from(kinds.values(), (kind) => markup`<li>${count(kind.count)} × ${severityMark(kind.problem.severity, texts)} <strong>${kind.problem.title}</strong> <code>${kind.problem.id}</code></li>`)}
          </ul> `
    }`;
}

function severityMark(severity: Severity, texts: ReportTexts): Markup {
  return markup`<span class="${severity}" role="img" aria-label="${severityName(severity, texts)}">${glyphs[severity]}</span>`;
}

export function statistics(tables: readonly StatisticTable[], texts: ReportTexts): Markup[] {
  const { strings, count } = texts;
  const { reportHeaps, reportPools, reportVm, reportCaches } = strings;
  const captions = { heaps: reportHeaps, pools: reportPools, vm: reportVm, caches: reportCaches };
  return tables.map(({ kind, regions, rows, hidden }) => {
    const columns = [{ title: strings.reportStatistic }, ...regions.map((title) => ({ title, numeric: true }))];
    const body = rows.map(({ name, values }) => [
      markup`<code>${name}</code>`,
      ...values.map((value) => (value === null ? "" : count(value))),
    ]);
    return markup`${reportTable(captions[kind], columns, body)}${hidden === 0 ? null : note(format(strings.reportRegionsLeftOut, count(hidden)))}`;
  });
}

const note = (text: string): Markup => markup`<p class="note">${text}</p> `;

export function problemList({ problems, problemCount, lines }: RunFacts, texts: ReportTexts): Markup {
  const { strings, count } = texts;
  const shown = problems.slice(0, mostProblems);
  const lineLink = (line: number): Markup =>
    line < Math.min(mostLines, lines.length)
      ? markup`<a href="#line-${line + 1}">${format(strings.line, count(line + 1))}</a>`
      : markup`${format(strings.line, count(line + 1))}`;
  const entries = shown.map(({ severity, title, message, advice, line, related }) => {
    const others = related.map((entry) => markup`<li>${lineLink(entry.line)}: ${prose(entry.message)}</li>`);
    return markup`<li class="problem-entry">
      <h3>${severityMark(severity, texts)} ${title}, ${lineLink(line)}</h3>
      <p>${prose(message)}</p>
      ${
        others.length === 0
          ? null
          : markup`<ul>
              ${others}
            </ul> `
      }
      <p>${prose(format(strings.reportAdvice, advice))}</p>
    </li> `;
  });
  if (entries.length === 0) return markup`<p>${strings.reportNoProblems}</p> `;
  const truth =
    shown.length < problemCount ? note(format(strings.reportProblemsLeftOut, shown.length, count(problemCount))) : null;
  return markup`${truth}
    <ol class="problems">
      ${entries}
    </ol> `;
}

export function listing({ lines, stories, problems }: RunFacts, texts: ReportTexts): Markup {
  const { strings, count } = texts;
  const worst = new Map<number, Severity>();
  const order: readonly Severity[] = ["information", "warning", "error"];
  for (const { line, severity } of problems) {
    const known = worst.get(line);
    if (known === undefined || order.indexOf(severity) > order.indexOf(known)) worst.set(line, severity);
  }
  const rows = lines.slice(0, mostLines).map((text, line) => {
    const story = stories.get(line);
    const severity = worst.get(line);
    const isCode = !/^\s*(#|$)/.test(text);
    const mark =
      severity !== undefined
        ? severityMark(severity, texts)
        : story !== undefined
          ? markup`<span class="ran" role="img" aria-label="${strings.reportRanLine}">✓</span>`
          : isCode
            ? markup`<span class="idle" role="img" aria-label="${strings.reportDidNotRun}">–</span>`
            : null;
    return [
      markup`<a id="line-${line + 1}">${line + 1}</a>`,
      mark,
      markup`<code>${text}</code>`,
      story === undefined ? "" : count(story.runs),
      story === undefined ? null : markup`${prose(story.story)}`,
    ];
  });
  const columns = [
    { title: strings.columnLine, numeric: true },
    { title: strings.reportMark },
    { title: strings.columnStatement },
    { title: strings.reportRuns, numeric: true },
    { title: strings.reportStory },
  ];
  const truth =
    rows.length < lines.length ? note(format(strings.reportLinesLeftOut, rows.length, count(lines.length))) : null;
  return markup`${truth}${reportTable(strings.reportListingCaption, columns, rows)}`;
}

export function pictures({ heaps }: ReportMoment, prefix: string, texts: ReportTexts): Markup[] {
  return heaps.map((heap, at) => {
    const { policy, order, coalesce, name } = heap;
    return markup`<h3>${format(texts.strings.heap, name)}</h3>
      <p>${format(texts.strings.heapFacts, policy, order, coalesce)}</p>
      ${heapFigure(heap, `${prefix}-${at}`, texts)}`;
  });
}

export function heapTables(heap: HeapView, texts: ReportTexts): Markup {
  const { strings, count } = texts;
  const blockColumns = [
    { title: strings.columnAddress, numeric: true },
    { title: strings.factSize, numeric: true },
    { title: strings.factRequested, numeric: true },
    { title: strings.factState },
    { title: strings.columnHandle },
    { title: strings.columnLine, numeric: true },
  ];
  const listColumns = [
    { title: strings.columnPlace, numeric: true },
    { title: strings.columnAddress, numeric: true },
    { title: strings.factSize, numeric: true },
    { title: strings.columnNext, numeric: true },
  ];
  const { freeList, freeListTotal, name } = heap;
  const entries = freeList.map(({ address, size }, at) => [
    count(at + 1),
    address,
    count(size),
    freeList.at(at + 1)?.address ?? (freeList.length < freeListTotal ? "…" : strings.listEnd),
  ]);
  const cut = format(strings.reportFreeListLeftOut, count(freeList.length), count(freeListTotal));
  return markup`${reportTable(
    format(strings.reportBlocksCaption, name),
    blockColumns,
    heap.segments.map((segment) => blockRow(segment, texts)),
  )}${
    entries.length === 0
      ? note(strings.reportNoFreeList)
      : reportTable(format(strings.reportFreeListCaption, name), listColumns, entries)
  }${freeList.length < freeListTotal ? note(cut) : null}`;
}

function blockRow(segment: HeapSegment, { strings, count }: ReportTexts): string[] {
  const { address, size } = segment;
  if (segment.kind === "group") {
    const { usedBlocks, freeBlocks, quarantinedBlocks } = segment;
    const total = usedBlocks + freeBlocks + quarantinedBlocks;
    const end = toHex(Number(address) + size);
    const text = format(strings.reportGroup, count(total), count(usedBlocks), count(freeBlocks));
    return [`${address}..${end}`, count(size), "", text, "", ""];
  }
  const { requested, state, handle, line } = segment;
  return [
    address,
    count(size),
    state === "free" ? "" : count(requested),
    blockState(segment, strings),
    handle ?? "",
    line === null ? "" : count(line + 1),
  ];
}
