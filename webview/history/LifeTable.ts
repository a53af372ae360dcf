import type { LifeFact, LifeOrder, LivesAnswer, LivesQuestion } from "../../src/inspector/lifetimes/lifeFacts";
import { lifeOrders } from "../../src/inspector/lifetimes/lifeFacts";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el, setText } from "../ui/dom";
import { count } from "../ui/numbers";
import { lineLink } from "../ui/parts";
import { renderTable, type Row } from "../ui/table";
import { endText } from "./sentence";

/** Rows of one request. */
const pageSize = 100;

/** The lives in view as a table in an order of choice, some at a time. Asks the host only while it is open. */
export class LifeTable {
  readonly element: HTMLDetailsElement;
  private readonly order: HTMLSelectElement;
  private readonly total = el("p", { class: "muted" });
  private readonly table = el("div");
  private readonly more: HTMLButtonElement;
  private facts: LifeFact[] = [];
  private asked = 0;

  constructor(
    private readonly context: PanelContext,
    private readonly ask: (question: Pick<LivesQuestion, "order" | "first" | "count">) => Promise<LivesAnswer | null>,
  ) {
    const { strings } = context;
    const names: Readonly<Record<LifeOrder, string>> = {
      largest: strings.historyLargest,
      longest: strings.historyLongest,
      leaked: strings.historyLeaked,
      first: strings.historyFirst,
    };
    this.order = el("select", { id: "life-order" });
    for (const order of lifeOrders) this.order.append(el("option", { value: order }, names[order]));
    this.order.addEventListener("change", () => this.update());
    this.more = el("button", { class: "link", type: "button" }, strings.historyMore);
    this.more.addEventListener("click", () => void this.load());
    this.element = el(
      "details",
      { class: "twin", "data-table": "lives" },
      el("summary", {}, strings.historyTable),
      el("p", { class: "choice" }, el("label", { for: "life-order" }, strings.historyOrder), this.order),
      this.total,
      this.table,
      this.more,
    );
    this.element.addEventListener("toggle", () => this.update());
  }

  /** Other lives are in view. */
  update(): void {
    this.facts = [];
    if (this.element.open) void this.load();
  }

  private async load(): Promise<void> {
    const number = ++this.asked;
    const order = lifeOrders.find((each) => each === this.order.value) ?? "largest";
    const answer = await this.ask({ order, first: this.facts.length, count: pageSize });
    if (answer === null || number !== this.asked) return;
    for (const fact of answer.facts) this.facts.push(fact);
    const { strings } = this.context;
    setText(this.total, format(strings.historyTotal, count(answer.total), count(answer.leaked)));
    this.more.hidden = answer.facts.length < pageSize || this.facts.length >= answer.total;
    const columns = [
      { title: strings.columnHandle },
      { title: strings.columnAddress, numeric: true },
      { title: strings.factSize, numeric: true },
      { title: strings.columnBorn, numeric: true },
      { title: strings.columnEnded, numeric: true },
      { title: strings.columnFate },
      { title: strings.columnLine },
    ];
    this.table.replaceChildren(
      renderTable(
        columns,
        this.facts.map((fact) => this.row(fact)),
        strings.historyTable,
        strings,
      ),
    );
  }

  private row(fact: LifeFact): Row {
    const { strings } = this.context;
    const { handle, address, size, born, ended, end, leaked, line } = fact;
    const fate = leaked ? strings.legendLeaked : endText(strings, end);
    return {
      cells: [
        handle === null ? "" : el("code", {}, handle),
        address,
        count(size),
        this.stepLink(born),
        ended === null ? "" : this.stepLink(ended.step),
        fate,
        lineLink(this.context, line) ?? "",
      ],
      attributes: { "data-address": address, "data-leaked": leaked },
    };
  }

  private stepLink(step: number): HTMLElement {
    const link = el("button", { class: "link", type: "button" }, count(step));
    link.setAttribute("aria-label", format(this.context.strings.travelTo, step));
    link.addEventListener("click", () => this.context.post({ kind: "travel", step }));
    return link;
  }
}
