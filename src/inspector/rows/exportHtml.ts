import { toHex } from "../../engine/address";
import { escapeHtml } from "../html";
import type { LifetimeRecorder } from "../lifetimes/LifetimeRecorder";
import { format, type InspectorStrings } from "../strings";
import { answerRows, mostRows, type RowHead } from "./rows";
import { rowMarks, segmentsOfRow, type RowSegments } from "./segments";

export interface RowsPage {
  /** The script's name. */
  readonly title: string;
  readonly region: string | null;
  readonly strings: InspectorStrings;
  /** BCP 47 language of the strings. */
  readonly lang: string;
  readonly lineText: (line: number) => string;
}

/** Rows and rectangles of a page at most: about 20 MB that a browser still scrolls. The page says what it leaves out. */
export const mostExportedRows = 5000;
const mostRectangles = 200_000;

/** Units of a row's drawing. */
const width = 1000;
const height = 18;

/** A page of its own with the rows of a run: no script, nothing loaded, light and dark. */
export function rowsHtml(recorder: LifetimeRecorder, page: RowsPage): string {
  const { strings, title } = page;
  const rows: string[] = [];
  let rectangles = 0;
  const { reached } = recorder;
  let answer = rowsFrom(recorder, page, 1);
  const { low, high, region } = answer;
  while (answer.heads.length > 0) {
    for (const [at, head] of answer.heads.entries()) {
      const numbers = segmentsOfRow(answer.segments, at);
      if (rows.length >= mostExportedRows || rectangles + numbers.length > mostRectangles) break;
      rectangles += numbers.length;
      rows.push(rowHtml(head, drawing(answer.segments, numbers, low, high), strings));
    }
    if (rows.length < answer.heads[0].step + answer.heads.length - 1) break;
    answer = rowsFrom(recorder, page, rows.length + 1);
  }
  const name = region === null ? title : `${title}: ${region}`;
  const summary = format(strings.rowsSummary, name, reached, toHex(low), toHex(high));
  const truth =
    rows.length < reached ? `<p class="cut">${text(format(strings.rowsTruncated, rows.length, reached))}</p>` : "";
  const head = [strings.columnStep, strings.columnLine, strings.columnStatement, strings.rowsColumn];
  return `<!DOCTYPE html>
<html lang="${text(page.lang)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(title)}</h1>
<p>${text(summary)}</p>
${truth}
<table>
<thead><tr>${head.map((column) => `<th scope="col">${text(column)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

const text = escapeHtml;

function rowsFrom(recorder: LifetimeRecorder, page: RowsPage, first: number): ReturnType<typeof answerRows> {
  return answerRows(recorder, { region: page.region, first, count: mostRows, range: null, width }, page.lineText);
}

function rowHtml(head: RowHead, picture: string, strings: InspectorStrings): string {
  const { step, line, severity, message } = head;
  const what = message === "" ? "" : `<p>${text(message)}</p>`;
  const label = text(format(strings.rowsRow, step, line + 1, head.text.trim(), message));
  const className = severity === null ? "" : ` class="${severity}"`;
  return (
    `<tr${className}><th scope="row">${step}</th><td>${line + 1}</td><td><code>${text(head.text.trim())}</code>${what}</td>` +
    `<td><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">${picture}</svg></td></tr>`
  );
}

function drawing(segments: RowSegments, numbers: readonly number[], low: number, high: number): string {
  const perByte = width / (high - low);
  const parts: string[] = [];
  for (const at of numbers) {
    const x = (segments.address[at] - low) * perByte;
    const wide = Math.max(1, segments.size[at] * perByte);
    const marks = segments.marks[at];
    const names = (Object.keys(rowMarks) as (keyof typeof rowMarks)[]).filter((name) => (marks & rowMarks[name]) !== 0);
    const className = names.length === 0 ? "" : ` class="${names.join(" ")}"`;
    parts.push(`<rect${className} x="${x.toFixed(1)}" y="1" width="${wide.toFixed(1)}" height="${height - 2}"/>`);
  }
  return parts.join("");
}

const style = `
:root { color-scheme: light dark; --used: #2f6fd0; --leaked: #c62828; --changed: #b26a00; --line: #8884; --error: #c628281f; --warning: #b26a001f }
@media (prefers-color-scheme: dark) { :root { --used: #5c9bf5; --leaked: #f2777a; --changed: #ffc53d } }
body { margin: 2em; font: 14px/1.4 system-ui, sans-serif }
table { border-collapse: collapse; width: 100% }
th, td { padding: 2px 8px; border-bottom: 1px solid var(--line); text-align: start; vertical-align: middle }
thead th { position: sticky; top: 0; background: Canvas }
tbody th, td:nth-child(2) { text-align: end; font-weight: normal; font-variant-numeric: tabular-nums }
td:nth-child(3) { white-space: nowrap }
td:nth-child(3) p { margin: 0; max-width: 40em; white-space: normal }
td:last-child { width: 60% }
svg { display: block; width: 100%; height: ${height}px }
rect { fill: color-mix(in srgb, var(--used) 60%, transparent); stroke: var(--used); stroke-width: .5 }
rect.leaked { fill: color-mix(in srgb, var(--leaked) 60%, transparent); stroke: var(--leaked) }
rect.born { stroke: var(--changed); stroke-width: 2.5 }
rect.ended { fill: none; stroke: var(--changed); stroke-dasharray: 3 2 }
tr.error { background: repeating-linear-gradient(135deg, var(--error) 0 8px, transparent 8px 16px) }
tr.warning { background: repeating-linear-gradient(135deg, var(--warning) 0 8px, transparent 8px 16px) }
.cut { font-weight: 600 }
`;
