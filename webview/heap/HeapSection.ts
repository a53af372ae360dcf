import type { HeapView, HeapSegment, PanelSnapshot } from "../../src/inspector/model";
import type { FocusTarget } from "../../src/inspector/protocol";
import { addressOf, type Selection } from "../../src/inspector/selection";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext, Section } from "../context";
import { StepWatch } from "../steps/StepWatch";
import { pushButton } from "../ui/button";
import { el, setText } from "../ui/dom";
import { Inputs } from "../ui/Inputs";
import { count, size } from "../ui/numbers";
import { legendEntry, changeText, lineLink, sectionHeading, showFacts } from "../ui/parts";
import { splitSection } from "../ui/splitSection";
import { statisticFacts, type StatisticName } from "../ui/statistics";
import { TwinTable, type Row } from "../ui/table";
import { segmentSentence, stateText } from "./segmentFacts";
import { HeapMap } from "./HeapMap";
import { StructureTables } from "./StructureTables";
import { StructureFigure } from "./structures/StructureFigure";
import { zoomButtons } from "../ui/zoom";

const shownStatistics: readonly StatisticName<"heap">[] = [
  "currentUsed",
  "freeBytes",
  "quarantinedBytes",
  "largestFree",
  "externalFragmentation",
  "peakUsed",
];

/** One heap: its statistics, the map, the legend and the tables. */
export class HeapSection implements Section {
  readonly element: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly stats = el("dl", { class: "stats" });
  private readonly legend = el("div");
  private readonly legendInputs = new Inputs();
  private readonly map: HeapMap;
  private readonly blocks: TwinTable;
  private readonly freeList: TwinTable;
  private readonly structure: StructureTables;
  private readonly figure: StructureFigure;
  private readonly steps = new StepWatch();

  constructor(
    private readonly context: PanelContext,
    private readonly name: string,
  ) {
    const { strings } = context;
    this.figure = new StructureFigure(context);
    this.map = new HeapMap(context, name, (scale) => this.figure.follow(scale));
    this.heading = sectionHeading(context, `heap-${name}`, headingOf(strings, name), "");
    const { map } = this;
    const tools = el(
      "div",
      { class: "tools" },
      ...zoomButtons(strings, map),
      pushButton({ label: strings.showWhole, icon: "screen-full", id: "zoomWhole", press: () => map.whole() }).element,
    );
    this.heading.append(tools);
    this.blocks = new TwinTable(
      strings.tableBlocks,
      [
        { title: strings.columnAddress, numeric: true },
        { title: strings.factSize, numeric: true },
        { title: strings.factPayload, numeric: true },
        { title: strings.factState },
        { title: strings.columnHandle },
        { title: strings.columnLine },
        { title: strings.factChange },
      ],
      strings,
      `blocks ${name}`,
    );
    this.freeList = new TwinTable(
      strings.tableFreeList,
      [
        { title: strings.columnPlace, numeric: true },
        { title: strings.columnAddress, numeric: true },
        { title: strings.factSize, numeric: true },
        { title: strings.columnNext, numeric: true },
      ],
      strings,
      `freeList ${name}`,
    );
    this.structure = new StructureTables(context, name);
    this.element = splitSection(
      { "aria-labelledby": `heap-${name}`, "data-heap": name },
      {
        heading: this.heading,
        stats: [this.stats],
        drawings: [this.map.element, this.legend, this.figure.element],
        tables: [el("div", { class: "twins" }, this.blocks.element, this.freeList.element, ...this.structure.elements)],
      },
    );
  }

  update(snapshot: PanelSnapshot): void {
    const heap = snapshot.heaps.find((candidate) => candidate.name === this.name);
    if (heap === undefined) return;
    const { strings } = this.context;
    const range = `${heap.base}..${heap.end}`;
    const how = format(strings.heapFacts, heap.policy, heap.order, heap.coalesce);
    setText(this.heading.querySelector("p")!, `${size(heap.size)} · ${range} · ${how}`);
    showFacts(this.stats, statisticFacts(strings, "heap", heap.stats, shownStatistics));
    this.map.update(heap, this.steps.arrival(snapshot));
    this.figure.update(heap);
    if (this.legendInputs.haveChanged(heap.hasRedZones, heap.hasQuarantine, hasMoved(heap))) {
      this.legend.replaceChildren(this.legendOf(heap));
    }
    this.blocks.update(() => this.blockRows(heap));
    this.freeList.update(() => freeRows(heap, strings.listEnd));
    this.structure.update(heap.structure);
  }

  repaint(): void {
    this.map.paint();
  }

  select(selection: Selection | null): void {
    const address = addressOf(selection);
    this.map.show(address === null ? () => false : holding(address));
    this.figure.select(address);
  }

  focus(target: FocusTarget): boolean {
    if (target.kind === "address") return this.map.select(holding(target.address));
    return this.map.select((segment) => segment.kind === "block" && segment.line === target.line);
  }

  private legendOf(heap: HeapView): HTMLElement {
    const { strings } = this.context;
    return el(
      "ul",
      { class: "legend", role: "list" },
      legendEntry("header", strings.legendHeader),
      legendEntry("used", strings.legendUsed),
      legendEntry("padding", strings.legendPadding),
      legendEntry("free", strings.legendFree),
      ...(heap.hasRedZones ? [legendEntry("red-zone", strings.legendRedZone)] : []),
      ...(heap.hasQuarantine ? [legendEntry("quarantined", strings.legendQuarantined)] : []),
      legendEntry("leaked", strings.legendLeaked),
      legendEntry("changed", strings.legendChanged),
      ...(hasMoved(heap) ? [legendEntry("changed moved", strings.legendMoved)] : []),
      legendEntry("link", strings.legendLink),
    );
  }

  private blockRows(heap: HeapView): Row[] {
    const { strings } = this.context;
    return heap.segments.map((segment) => {
      if (segment.kind === "group") {
        const what = segmentSentence(strings, heap, segment);
        return { cells: [segment.address, count(segment.size), "", what, "", "", ""] };
      }
      const { address, payload, handle, line, changed } = segment;
      return {
        cells: [
          address,
          count(segment.size),
          payload,
          stateText(strings, segment),
          handle === null ? "" : el("code", {}, handle),
          lineLink(this.context, line) ?? "",
          changed === null ? "" : changeText(changed, strings),
        ],
        attributes: { "data-address": address, "data-state": segment.state, "data-changed": changed },
      };
    });
  }
}

function holding(hex: string): (segment: HeapSegment) => boolean {
  const address = Number(hex);
  return (segment) => {
    const start = Number(segment.address);
    return address >= start && address < start + segment.size;
  };
}

function freeRows(heap: HeapView, end: string): Row[] {
  return heap.freeList.map(({ address, size: whole }, at) => {
    const next = heap.freeList[at + 1]?.address ?? (at + 1 < heap.freeListTotal ? "…" : end);
    return { cells: [count(at + 1), address, count(whole), next], attributes: { "data-address": address } };
  });
}

/** The heap without a name of its own is called `heap`, which its heading need not say twice. */
function headingOf(strings: InspectorStrings, name: string): string {
  const text = format(strings.heap, name);
  return text.toLowerCase() === `${name} ${name}`.toLowerCase() ? text.slice(0, name.length) : text;
}

/** Whether the step has moved a block. */
const hasMoved = ({ segments }: HeapView): boolean =>
  segments.some((segment) => segment.kind === "block" && segment.changed === "moved");
