import type { WalkView } from "../../src/inspector/pagingModel";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el, prose, setText } from "../ui/dom";

/** Milliseconds between the steps of a walk that plays. */
const pace = 1000;

/** The selected address on its way through the tables: its parts above, a step an item, gone through one by one. */
export class WalkList {
  readonly element: HTMLElement;
  private readonly hint: HTMLElement;
  private readonly title = el("h3");
  private readonly fields = el("div", { class: "walk-fields", "aria-hidden": "true" });
  private readonly list = el("ol");
  private readonly spoken = el("div", { class: "sr-only", "aria-live": "polite" });
  private readonly previous;
  private readonly next;
  private readonly play;
  private readonly body: HTMLElement;
  private walk: WalkView | null = null;
  /** The step that the walk has come to; -1 before the first. */
  private at = -1;
  private timer: number | undefined;

  constructor(
    private readonly context: PanelContext,
    /** Told of the part of the address that a step uses when the walk comes to it; null for none. */
    private readonly onStep: (field: string | null) => void,
  ) {
    const { strings } = context;
    this.hint = el("p", { class: "muted" }, strings.walkHint);
    const step = (label: string, icon: string, id: string, by: number) =>
      pushButton({ label, icon, id, press: () => this.go(this.at + by) });
    this.previous = step(strings.walkPrevious, "chevron-left", "walkPrevious", -1);
    this.next = step(strings.walkNext, "chevron-right", "walkNext", 1);
    this.play = pushButton({ label: strings.walkPlay, icon: "play", id: "walkPlay", press: () => this.start() });
    const tools = el("div", { class: "tools" }, this.previous.element, this.next.element, this.play.element);
    this.body = el(
      "div",
      {},
      el("div", { class: "walk-head" }, this.title, tools),
      this.fields,
      this.list,
      this.spoken,
    );
    this.element = el("div", { class: "walk" }, this.hint, this.body);
  }

  update(walk: WalkView | null): void {
    this.hint.hidden = walk !== null;
    this.body.hidden = walk === null;
    if (walk?.address !== this.walk?.address || walk?.rows.length !== this.walk?.rows.length) this.reset();
    this.walk = walk;
    if (walk === null) return;
    const title = format(this.context.strings.walk, walk.address);
    setText(this.title, title);
    this.list.setAttribute("aria-label", title);
    const last = walk.rows.length - 1;
    this.list.replaceChildren(
      ...walk.rows.map(({ name, text }, at) =>
        el("li", { class: !walk.reached && at === last && "stops" }, el("strong", {}, name), " ", ...prose(text)),
      ),
    );
    this.fields.replaceChildren(
      ...walk.fields.map(({ name, bits, value }) =>
        el(
          "div",
          { class: "walk-field" },
          el("span", {}, name),
          el("code", {}, bits ?? ""),
          el("code", {}, String(value)),
        ),
      ),
    );
    this.show();
  }

  dispose(): void {
    this.stop();
  }

  private reset(): void {
    this.stop();
    this.at = -1;
    setText(this.spoken, "");
  }

  private start(): void {
    if (this.walk === null) return;
    this.stop();
    this.go(this.at + 1 < this.walk.rows.length ? this.at + 1 : 0, true);
  }

  private stop(): void {
    window.clearTimeout(this.timer);
  }

  private go(to: number, plays = false): void {
    this.stop();
    const row = this.walk?.rows.at(to);
    if (row === undefined || to < 0) return;
    this.at = to;
    this.show();
    this.onStep(row.field === null ? null : (this.walk?.fields[row.field].name ?? null));
    setText(this.spoken, `${row.name} ${row.text.replaceAll("`", "")}`);
    const goOn = plays && to + 1 < (this.walk?.rows.length ?? 0);
    if (goOn) this.timer = window.setTimeout(() => this.go(to + 1, true), pace);
  }

  /** Marks the step and the part of the address that it uses. */
  private show(): void {
    const rows = this.walk?.rows ?? [];
    const field = rows[this.at]?.field ?? null;
    [...this.list.children].forEach((item, at) => {
      if (at === this.at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    [...this.fields.children].forEach((item, at) => item.classList.toggle("active", at === field));
    this.previous.setEnabled(this.at > 0);
    this.next.setEnabled(this.at + 1 < rows.length);
  }
}
