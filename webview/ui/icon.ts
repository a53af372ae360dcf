import { el } from "./dom";

/** A codicon, hidden from assistive technology: a label always stands beside it or on its button. */
export function icon(name: string): HTMLElement {
  return el("span", { class: `codicon codicon-${name}`, "aria-hidden": "true" });
}
