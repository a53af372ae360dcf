import type { ProblemView } from "../model";
import { format } from "../strings";
import type { RunFacts } from "./collect";
import { markup, type Markup } from "./markup";
import type { ReportTexts } from "./numbers";

interface Curve {
  readonly name: string;
  readonly className: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const width = 1000;
const top = 24;
const tall = 70;
const height = top + tall + 20;
/** More marks than this would be a wall. */
const mostMarks = 200;

/** A chart for each curve of the run, all over the same steps. */
export function timelinePictures(facts: RunFacts, texts: ReportTexts): Markup[] {
  const { series, problems, steps } = facts;
  const { strings } = texts;
  const curves: Curve[] = [];
  if (series.hasHeap) {
    curves.push(
      { name: strings.reportCurveUsed, className: "used", steps: series.steps, values: series.used },
      { name: strings.reportCurveFree, className: "free", steps: series.steps, values: series.free },
    );
  }
  if (series.hasPaging) {
    curves.push({ name: strings.reportCurveFaults, className: "faults", steps: series.steps, values: series.faults });
  }
  return curves.map((curve, at) => chart(curve, steps, problems, `curve-${at}`, texts));
}

function chart(curve: Curve, steps: number, problems: readonly ProblemView[], id: string, texts: ReportTexts): Markup {
  const { strings, count } = texts;
  const { name, values } = curve;
  const most = values.reduce((left, right) => Math.max(left, right), 0);
  const x = (step: number): string => ((step * width) / Math.max(1, steps)).toFixed(1);
  const y = (value: number): string => (top + tall - (value * tall) / Math.max(1, most)).toFixed(1);
  // A value holds from its step until the next one.
  let path = `M0 ${y(values.at(0) ?? 0)}`;
  for (const [at, step] of curve.steps.entries()) path += `H${x(step)}V${y(values[at])}`;
  path += `H${width}`;
  const title = format(strings.reportCurve, name, count(steps), count(most), count(values.at(-1) ?? 0));
  const marks = [...new Set(problems.map(({ step }) => step))].filter((step) => step > 0).slice(0, mostMarks);
  return markup`<figure>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}">
      <title id="${id}">${title}</title>
      <text class="name" x="0" y="14">${name}</text>
      <text class="ruler end" x="${width}" y="14">${count(most)}</text>
      ${marks.map((step) => markup`<path class="problem" d="M${x(step)} ${top}V${top + tall}" />`)}
      <g class="${curve.className}">
        <path class="area" d="${path}V${top + tall}H0Z" />
        <path class="curve" d="${path}" />
      </g>
      <path class="tick" d="M0 ${top + tall}H${width}" />
      <text class="ruler" x="0" y="${height - 5}">0</text>
      <text class="ruler end" x="${width}" y="${height - 5}">${format(strings.reportStepAxis, count(steps))}</text>
    </svg>
  </figure> `;
}
