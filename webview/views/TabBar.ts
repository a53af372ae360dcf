import type { InspectorStrings } from "../../src/inspector/strings";
import { el, setAttributes } from "../ui/dom";
import { icon } from "../ui/icon";
import type { ViewId } from "./registry";
import type { ViewKind } from "./View";

/** What is known of a tab: there is something to show now, there was before, or there never was. */
export type TabState = "available" | "empty" | "absent";

/** The tabs of the views. One tab takes the focus; arrow keys, Home and End go on to the others and show them. */
export class TabBar {
  readonly element: HTMLElement;
  private readonly tabs = new Map<ViewId, HTMLButtonElement>();
  private chosen: ViewId = "overview";

  constructor(
    kinds: readonly ViewKind[],
    private readonly strings: InspectorStrings,
    private readonly onChoose: (id: ViewId) => void,
  ) {
    this.element = el("div", { class: "tabs", role: "tablist", "aria-label": strings.views });
    for (const { id, icon: glyph, label } of kinds) {
      const tab = el(
        "button",
        { class: "tab", type: "button", role: "tab", id: `tab-${id}`, "data-view": id, "aria-controls": "view" },
        icon(glyph),
        el("span", {}, strings[label]),
      );
      tab.addEventListener("click", () => {
        if (tab.getAttribute("aria-disabled") !== "true") this.onChoose(id);
      });
      this.tabs.set(id, tab);
      this.element.append(tab);
    }
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update(chosen: ViewId, stateOf: (id: ViewId) => TabState): void {
    const isNew = chosen !== this.chosen;
    this.chosen = chosen;
    for (const [id, tab] of this.tabs) {
      const state = stateOf(id);
      const isChosen = id === chosen;
      tab.hidden = state === "absent" && !isChosen;
      setAttributes(tab, {
        "aria-selected": String(isChosen),
        tabindex: isChosen ? 0 : -1,
        "aria-disabled": state === "available" || isChosen ? null : "true",
        title: state === "available" ? null : this.strings.viewEmpty,
      });
    }
    if (isNew) this.tabs.get(chosen)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const open = [...this.tabs].filter(([, tab]) => !tab.hidden && tab.getAttribute("aria-disabled") !== "true");
    const at = open.findIndex(([id]) => id === this.chosen);
    const forward = getComputedStyle(this.element).direction === "rtl" ? -1 : 1;
    const targets: Readonly<Partial<Record<string, number>>> = {
      ArrowRight: at + forward,
      ArrowLeft: at - forward,
      Home: 0,
      End: -1,
    };
    const target = targets[event.key];
    if (target === undefined || open.length === 0) return;
    event.preventDefault();
    const [id, tab] = open.at(target % open.length)!;
    this.onChoose(id);
    tab.focus();
  }
}
