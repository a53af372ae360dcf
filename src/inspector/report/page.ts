import { format, type InspectorStrings } from "../strings";
import type { RunFacts } from "./collect";
import { markup, type Markup } from "../markup";
import { staticPage } from "../staticPage";
import { reportTexts } from "./numbers";
import { heapTables, listing, pictures, problemList, statistics, summary } from "./sections";
import { reportStyle } from "./style";
import { timelinePictures } from "./timelinePicture";

export interface ReportPage {
  /** The script's name. */
  readonly title: string;
  readonly strings: InspectorStrings;
  /** BCP 47 language of the strings. */
  readonly lang: string;
}

/** One page that tells a run to people without MemScript: nothing runs in it and nothing is loaded. */
export function reportHtml(facts: RunFacts, { title, strings, lang }: ReportPage): string {
  const texts = reportTexts(strings, lang);
  const { peak, end } = facts;
  const heading = format(strings.reportTitle, title);
  const section = (id: string, name: string, ...content: readonly (Markup | readonly Markup[])[]): Markup => {
    const inside = content.flat();
    if (inside.length === 0) return markup``;
    return markup`<section aria-labelledby="${id}">
      <h2 id="${id}">${name}</h2>
      ${inside}
    </section> `;
  };
  const timeline = timelinePictures(facts, texts);
  const marked = facts.problems.some(({ step }) => step > 0);
  const body = markup`<main>
          <h1>${heading}</h1>
          <p>${strings.reportIntroduction}</p>
          ${section("summary", strings.reportSummary, summary(facts, texts))}${section("problems", strings.reportProblems, problemList(facts, texts))}${
            peak === null
              ? null
              : section("peak", format(strings.reportAtPeak, texts.count(peak.step)), pictures(peak, "peak", texts))
          }${section(
            "end",
            format(strings.reportAtEnd, texts.count(end.step)),
            pictures(end, "end", texts),
            end.heaps.map((heap) => heapTables(heap, texts)),
          )}${section(
            "timeline",
            strings.timeline,
            timeline,
            timeline.length > 0 && marked ? markup`<p class="note">${strings.reportTimelineHint}</p> ` : [],
          )}${section("statistics", strings.reportStatistics, statistics(facts.statistics, texts))}${section("script", strings.reportListing, listing(facts, texts))}
        </main> `;
  return staticPage({ lang, title: heading, style: reportStyle, body });
}
