import type { RowHead } from "../../src/inspector/rows/rows";
import { el, setAttributes, setText } from "../ui/dom";
import { count } from "../ui/numbers";

/** One line of the list, used for whatever step comes into its place. */
export class RowLine {
  readonly element: HTMLElement;
  readonly canvas = el("canvas");
  private readonly number = el("span", { class: "row-step", "aria-hidden": "true" });
  private readonly line = el("span", { class: "row-line", "aria-hidden": "true" });
  private readonly text = el("code");
  private readonly message = el("span", { class: "row-message" });
  private readonly spoken = el("span", { class: "sr-only" });
  private step = 0;

  constructor(onTravel: (step: number) => void) {
    this.element = el(
      "div",
      { class: "row", role: "option" },
      // A screen reader hears one sentence instead of the cells.
      this.spoken,
      this.number,
      this.line,
      el("span", { class: "row-text", "aria-hidden": "true" }, this.text, this.message),
      el("span", { class: "row-picture", "aria-hidden": "true" }, this.canvas),
    );
    this.element.addEventListener("click", () => onTravel(this.step));
  }

  show(step: number, head: RowHead | undefined, rows: number, sentence: string): void {
    this.step = step;
    setAttributes(this.element, {
      id: `row-${step}`,
      "aria-setsize": rows,
      "aria-posinset": step,
      title: head === undefined || head.message === "" ? null : plain(head.message),
      "data-severity": head?.severity,
    });
    setText(this.spoken, plain(sentence));
    setText(this.number, count(step));
    setText(this.line, head === undefined ? "" : String(head.line + 1));
    setText(this.text, head?.text.trim() ?? "");
    setText(this.message, plain(head?.message ?? ""));
    this.canvas.hidden = head === undefined;
  }
}

/** Without the backticks around code. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}
