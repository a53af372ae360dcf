import type { InspectorStrings } from "../../src/inspector/strings";
import { pushButton } from "../ui/button";
import { el } from "../ui/dom";
import { panelKeys, type Key, type Keys } from "./keys";

/** Lists the keys of the panel and of the view on the screen. A modal dialog: the browser keeps the focus inside. */
export class HelpDialog {
  readonly button: HTMLElement;
  readonly element: HTMLDialogElement;
  private readonly groups = el("div", { class: "key-groups" });

  constructor(
    private readonly strings: InspectorStrings,
    /** Keys of the view on the screen. */
    private readonly viewKeys: () => Keys,
  ) {
    const open = (): void => this.open();
    this.button = pushButton({ label: strings.help, icon: "question", id: "help", press: open }).element;
    const close = pushButton({
      label: strings.helpClose,
      icon: "close",
      id: "closeHelp",
      press: () => this.element.close(),
    }).element;
    this.element = el(
      "dialog",
      { class: "help", "aria-labelledby": "help-title" },
      el("header", { class: "section-head" }, el("h2", { id: "help-title" }, strings.help), close),
      this.groups,
    );
    // A click beside the content hits the dialog itself, which has no padding.
    this.element.addEventListener("click", ({ target }) => {
      if (target === this.element) this.element.close();
    });
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  open(): void {
    if (this.isOpen) return;
    const groups = Object.entries({ ...panelKeys, ...this.viewKeys() });
    this.groups.replaceChildren(...groups.map(([label, keys]) => this.group(label as keyof InspectorStrings, keys)));
    this.element.showModal();
  }

  private group(label: keyof InspectorStrings, keys: readonly Key[]): HTMLElement {
    const list = el("dl", { class: "keys" });
    for (const { key, text } of keys) {
      list.append(el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, this.strings[text])));
    }
    return el("section", {}, el("h3", {}, this.strings[label]), list);
  }
}
