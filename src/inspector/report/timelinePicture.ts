import { label, line, shape, type Font, type Item, type Role } from "../drawing/displayList";
import { pageMedium } from "../drawing/pageMedium";
import { svgOf } from "../drawing/svg";
import { markup, Markup } from "../markup";
import type { ProblemView } from "../model";
import { format } from "../strings";
import type { RunFacts } from "./collect";
import type { ReportTexts } from "./numbers";

interface Curve {
  readonly name: string;
  readonly ink: Role;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

const width = 1000;
const top = 24;
const tall = 70;
const bottom = top + tall;
const height = bottom + 20;
/** More marks than this would be a wall. */
const mostMarks = 200;

const nameFont: Font = { size: 13, weight: 600, family: "monospace" };
const axisFont: Font = { size: 11, family: "monospace" };

/** A chart for each curve of the run, all over the same steps. */
export function timelinePictures(facts: RunFacts, texts: ReportTexts): Markup[] {
  const { series, problems, steps } = facts;
  const { strings } = texts;
  const curves: Curve[] = [];
  if (series.hasHeap) {
    curves.push(
      { name: strings.reportCurveUsed, ink: "used", steps: series.steps, values: series.used },
      { name: strings.reportCurveFree, ink: "free", steps: series.steps, values: series.free },
    );
  }
  if (series.hasPaging) {
    const { steps: at, faults: values } = series;
    curves.push({ name: strings.reportCurveFaults, ink: "fragmentation", steps: at, values });
  }
  return curves.map((curve, at) => {
    const { count } = texts;
    const { name, values } = curve;
    const most = values.reduce((left, right) => Math.max(left, right), 0);
    const title = format(strings.reportCurve, name, count(steps), count(most), count(values.at(-1) ?? 0));
    const id = `curve-${at}`;
    return markup`<figure>
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}">
        <title id="${id}">${title}</title>
        ${new Markup(svgOf(chart(curve, most, steps, problems, texts), pageMedium(id)))}
      </svg>
    </figure> `;
  });
}

function chart(
  { name, ink, steps: at, values }: Curve,
  most: number,
  steps: number,
  problems: readonly ProblemView[],
  { strings, count }: ReportTexts,
): Item[] {
  const x = (step: number): number => (step * width) / Math.max(1, steps);
  const y = (value: number): string => (bottom - (value * tall) / Math.max(1, most)).toFixed(1);
  // A value holds from its step until the next one.
  let path = `M0 ${y(values.at(0) ?? 0)}`;
  for (const [index, step] of at.entries()) path += `H${x(step).toFixed(1)}V${y(values[index])}`;
  path += `H${width}`;
  const marks = [...new Set(problems.map(({ step }) => step))].filter((step) => step > 0).slice(0, mostMarks);
  const low = { font: axisFont, ink: "muted" } as const;
  return [
    label(name, 0, 14, { font: nameFont, ink: "foreground" }),
    label(count(most), width, 14, { ...low, anchor: "end" }),
    ...marks.map((step) => line(x(step), top, x(step), bottom, { ink: "leaked", width: 1, dash: [3, 3] })),
    shape(`${path}V${bottom}H0Z`, ink, null, 0.18),
    shape(path, null, { ink, width: 2, dash: ink === "free" ? [8, 4] : undefined }),
    line(0, bottom, width, bottom, { ink: "muted", width: 1 }),
    label("0", 0, height - 5, low),
    label(format(strings.reportStepAxis, count(steps)), width, height - 5, { ...low, anchor: "end" }),
  ];
}
