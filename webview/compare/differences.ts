import type { CompareView } from "../../src/inspector/compareView";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";

/** The first line at which each candidate parts from the first one, as links into the editor. */
export function differenceList(context: PanelContext, view: CompareView): HTMLElement {
  const { strings } = context;
  const { differences, table } = view;
  const box = el("div", { class: "differences" }, el("h3", {}, strings.compareDifferences));
  const first = table.rows.at(0)?.name ?? "";
  if (differences.length === 0) {
    box.append(el("p", { class: "muted" }, strings.compareNoDifference));
    return box;
  }
  box.append(el("p", { class: "muted" }, format(strings.compareDifferencesHint, first)));
  const list = el("ul");
  for (const { policy, line, step, text, result, baseResult } of differences) {
    const place = format(strings.line, line + 1);
    const link = view.hasLines
      ? el("button", { class: "link", type: "button", "data-line": line }, place)
      : el("span", {}, place);
    if (view.hasLines) {
      link.setAttribute("aria-label", format(strings.goToLine, line + 1));
      link.addEventListener("click", () => context.post({ kind: "revealCompared", line }));
    }
    list.append(
      el(
        "li",
        { "data-policy": policy },
        el("span", { class: "candidate" }, policy),
        link,
        el("code", {}, text),
        el("span", {}, format(strings.compareParts, result, baseResult)),
        el("span", { class: "muted" }, format(strings.compareStep, step)),
      ),
    );
  }
  box.append(list);
  return box;
}
