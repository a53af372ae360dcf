import type { PanelSnapshot } from "../../src/inspector/model";
import type { CachesView, CacheView } from "../../src/inspector/pagingModel";
import { format } from "../../src/inspector/strings";
import { statisticTable } from "../../src/machine/inspect/statisticTable";
import type { PanelContext, Section } from "../context";
import { el, setText } from "../ui/dom";
import { count, size } from "../ui/numbers";
import { showFacts, sectionHeading } from "../ui/parts";
import { splitSection } from "../ui/splitSection";
import { statisticFacts, valueText, type StatisticName } from "../ui/statistics";
import { renderTable, saveTableButton, type Row } from "../ui/table";
import { lookLegend, lookList } from "./lookText";
import { accessEquation, missBars } from "./misses";
import { CacheLines } from "./CacheLines";

const shownTotals = Object.keys(statisticTable.caches) as StatisticName<"caches">[];
const shownCounters: readonly StatisticName<"cache">[] = [
  "accesses",
  "hits",
  "misses",
  "missRatio",
  "compulsory",
  "capacity",
  "conflict",
  "evictions",
  "writebacks",
  "invalidations",
];

/** The caches from the processor on: what references cost, the counters of each cache, and its lines. */
export class CachesSection implements Section {
  readonly element: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly stats = el("dl", { class: "stats" });
  private readonly equation = el("div");
  private readonly misses = el("div");
  private readonly looks = el("div", { class: "structure" });
  private readonly legend: HTMLElement;
  private readonly counters = el("div", { class: "cache-counters" });
  private readonly lines = el("div", { class: "twins" });
  private readonly levels = new Map<string, CacheLines>();

  constructor(private readonly context: PanelContext) {
    this.heading = sectionHeading(context, "caches", context.strings.caches, "");
    this.legend = lookLegend(context.strings);
    this.element = splitSection(
      { "aria-labelledby": "caches" },
      {
        heading: this.heading,
        stats: [this.stats],
        drawings: [this.looks, this.equation, this.misses, this.lines, this.legend],
        tables: [this.counters],
      },
    );
  }

  update({ caches }: PanelSnapshot): void {
    if (caches === null) return;
    const { strings } = this.context;
    const { memory, disk } = caches.latencies;
    setText(this.heading.querySelector("p")!, format(strings.cachesFacts, count(memory), count(disk)));
    showFacts(this.stats, statisticFacts(strings, "caches", caches.totals, shownTotals));
    const isUsed = caches.totals.accesses > 0;
    this.equation.replaceChildren(...(isUsed ? [accessEquation(caches, strings)] : []));
    this.looks.replaceChildren(...lookList(caches, strings));
    this.misses.replaceChildren(missBars(caches.levels, strings));
    const columns = [
      { title: strings.cacheCounter },
      ...caches.levels.map(({ name }) => ({ title: name, numeric: true })),
    ];
    const rows = this.rows(caches);
    this.counters.replaceChildren(
      renderTable(columns, rows, strings.cacheCounters, strings),
      saveTableButton(columns, () => rows, strings.cacheCounters, strings),
    );
    this.showLines(caches);
  }

  repaint(): void {
    // Tables are styled by the style sheet alone.
  }

  /** A row a counter: panels are narrow, and caches are few. */
  private rows({ levels }: CachesView): Row[] {
    const { strings } = this.context;
    const row = (name: string, cell: (level: CacheView) => string): Row => ({ cells: [name, ...levels.map(cell)] });
    return [
      row(strings.cacheGeometry, ({ size: all, sets, ways, line }) =>
        format(strings.cacheGeometryOf, size(all), count(sets), count(ways), count(line)),
      ),
      row(strings.cachePolicy, ({ policy, write }) => format(strings.cachePolicyOf, policy, write)),
      row(strings.cacheLatency, ({ latency }) => count(latency)),
      ...shownCounters.map((name) =>
        row(strings[`cache.${name}`], (level) => valueText(statisticTable.cache[name].unit, level[name])),
      ),
    ];
  }

  private showLines({ levels, leaves }: CachesView): void {
    for (const name of this.levels.keys()) {
      if (!levels.some((level) => level.name === name)) this.levels.delete(name);
    }
    const shown = levels.map((level) => {
      const lines = this.levels.get(level.name) ?? new CacheLines(this.context, level.name);
      this.levels.set(level.name, lines);
      lines.update(level, leaves);
      return lines.element;
    });
    // Moving an element would lose its focus: the children are touched only when they differ.
    if (shown.length !== this.lines.children.length || shown.some((one, at) => this.lines.children[at] !== one)) {
      this.lines.replaceChildren(...shown);
    }
  }
}
