import type { WalkView } from "../../src/inspector/model";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el, prose } from "../ui/dom";

/** The selected address on its way through the tables, a step an item. */
export class WalkList {
  readonly element = el("div", { class: "walk" });

  constructor(private readonly context: PanelContext) {}

  update(walk: WalkView | null): void {
    const { strings } = this.context;
    if (walk === null) {
      this.element.replaceChildren(el("p", { class: "muted" }, strings.walkHint));
      return;
    }
    const title = format(strings.walk, walk.address);
    const last = walk.rows.length - 1;
    const items = walk.rows.map(({ name, text }, at) =>
      el("li", { class: !walk.reached && at === last && "stops" }, el("strong", {}, name), " ", ...prose(text)),
    );
    this.element.replaceChildren(el("h3", {}, title), el("ol", { "aria-label": title }, ...items));
  }
}
