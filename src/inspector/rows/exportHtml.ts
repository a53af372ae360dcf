import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import { pageColours, pageMedium } from "../drawing/pageMedium";
import { rowPicture, type RowScale } from "../drawing/rowPicture";
import { svgOf } from "../drawing/svg";
import type { LifetimeRecorder } from "../lifetimes/LifetimeRecorder";
import { markup, Markup } from "../markup";
import { staticPage } from "../staticPage";
import { format, type InspectorStrings } from "../strings";
import { answerRows, mostRows, type RowHead, type RowsAnswer } from "./rows";
import { segmentsOfRow, type RowSegments } from "./rowSegments";

/** What rows are made of, beside the recording. */
export interface RowsContent {
  readonly region: string | null;
  readonly strings: InspectorStrings;
  readonly lineText: (line: number) => string;
  /** Of messages; English when left out. */
  readonly words?: Words | undefined;
}

export interface RowsPage extends RowsContent {
  /** The script's name. */
  readonly title: string;
  /** BCP 47 language of the strings. */
  readonly lang: string;
}

/** Rows and segments of a page at most: about 30 MB that a browser still scrolls. The page says what it leaves out. */
export const mostExportedRows = 5000;
const mostSegments = 200_000;

/** Units of a row's drawing, which is as wide as its column. */
const width = 1000;
const height = 22;
/** Letters would be stretched: rows have none. */
const medium = { height, isHighContrast: false, measure: () => Infinity };

/** A page of its own with the rows of a run, light and dark. */
export function rowsHtml(recorder: LifetimeRecorder, page: RowsPage): string {
  const { strings, title, lang } = page;
  const { rows, region, low, high } = rowsOf(recorder, page, "row", mostExportedRows);
  const { reached } = recorder;
  const name = region === null ? title : `${title}: ${region}`;
  const cut =
    rows.length < reached ? markup`<p class="cut">${format(strings.rowsTruncated, rows.length, reached)}</p>` : null;
  const body = markup`<h1>${title}</h1>
    <p>${format(strings.rowsSummary, name, reached, toHex(low), toHex(high))}</p>
    ${cut}
    ${table(rows, strings)}`;
  return staticPage({ lang, title, style, body });
}

/** The first rows of a run as a table; `id` begins the ids of its drawings. */
export function rowsTable(recorder: LifetimeRecorder, page: RowsContent, id: string, most: number): Markup {
  return table(rowsOf(recorder, page, id, most).rows, page.strings);
}

function table(rows: readonly Markup[], strings: InspectorStrings): Markup {
  const head = [strings.columnStep, strings.columnLine, strings.columnStatement, strings.rowsColumn];
  return markup`<table>
      <thead><tr>${head.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>${rows}</tbody>
    </table>`;
}

interface DrawnRows extends Pick<RowsAnswer, "region" | "low" | "high"> {
  readonly rows: readonly Markup[];
}

function rowsOf(recorder: LifetimeRecorder, page: RowsContent, id: string, most: number): DrawnRows {
  const rows: Markup[] = [];
  let drawn = 0;
  let answer = rowsFrom(recorder, page, 1);
  const { low, high, region } = answer;
  while (answer.heads.length > 0) {
    for (const [at, head] of answer.heads.entries()) {
      drawn += segmentsOfRow(answer.segments, at).length;
      if (rows.length >= most || drawn > mostSegments) return { rows, low, high, region };
      const drawing = picture(answer.segments, at, { low, high, width }, `${id}-${head.step}`);
      rows.push(rowMarkup(head, drawing, page.strings));
    }
    answer = rowsFrom(recorder, page, rows.length + 1);
  }
  return { rows, low, high, region };
}

function rowsFrom(recorder: LifetimeRecorder, page: RowsContent, first: number): RowsAnswer {
  const question = { region: page.region, first, count: mostRows, range: null, width };
  return answerRows(recorder, question, page.lineText, page.words);
}

function picture(segments: RowSegments, row: number, scale: RowScale, id: string): Markup {
  return new Markup(svgOf(rowPicture(segments, row, scale, medium).items, pageMedium(id)));
}

function rowMarkup(head: RowHead, drawing: Markup, strings: InspectorStrings): Markup {
  const { step, line, severity, message } = head;
  const text = head.text.trim();
  const label = format(strings.rowsRow, step, line + 1, text, message);
  const what = message === "" ? null : markup`<p>${message}</p>`;
  return markup`<tr class="${severity ?? "fine"}"><th scope="row">${step}</th><td>${line + 1}</td><td><code>${text}</code>${what}</td><td><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">${drawing}</svg></td></tr>
`;
}

const style = `${pageColours}
body { margin: 2em; background: var(--ground); color: var(--text); font: 14px/1.4 system-ui, sans-serif }
table { border-collapse: collapse; width: 100% }
th, td { padding: 2px 8px; border-bottom: 1px solid var(--line); text-align: start; vertical-align: middle }
thead th { position: sticky; top: 0; background: var(--ground) }
tbody th, td:nth-child(2) { text-align: end; font-weight: normal; font-variant-numeric: tabular-nums }
td:nth-child(3) { white-space: nowrap }
td:nth-child(3) p { margin: 0; max-width: 40em; white-space: normal }
td:last-child { width: 60% }
svg { display: block; width: 100%; height: ${height}px }
.error { --stripe: color-mix(in srgb, var(--leaked) 12%, transparent) }
.warning { --stripe: color-mix(in srgb, var(--warning) 12%, transparent) }
:is(.error, .warning) { background: repeating-linear-gradient(135deg, var(--stripe) 0 8px, transparent 8px 16px) }
.cut { font-weight: 600 }
`;
