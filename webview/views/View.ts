import type { Contents, PanelSnapshot } from "../../src/inspector/model";
import type { FocusTarget } from "../../src/inspector/protocol";
import type { Selection } from "../../src/inspector/selection";
import type { InspectorStrings } from "../../src/inspector/strings";
import type { ViewId } from "../../src/inspector/views";
import type { PanelContext } from "../context";
import type { KeyGroup } from "../help/keys";

/**
 * How a view lives in the panel.
 *
 * - A view is one line in `registry.ts`: its kind. The panel makes the view when its tab is first chosen, keeps it, and
 *   puts `element` on the page while the tab is the chosen one. Measure in `update` and later, never in the constructor.
 * - `update` comes when the view gets onto the page and with each new snapshot while it stays there, never behind other
 *   tabs. A snapshot carries only the parts that `partsOfView` in `src/inspector/views.ts` names for the view.
 * - Steps may chase each other: `update` draws what the eye follows; what can wait goes to `context.later`.
 * - What is too large for a snapshot is asked for: `context.request(query)` resolves to a typed answer and rejects with
 *   a `RequestFailure` when the answer is of another step than is shown, the host refuses or nothing comes. Queries are files in
 *   `src/inspector/queries/` with one line in its `table.ts`.
 * - All views share one selection. Call `context.select(selection)` when the user selects; the panel tells the host and
 *   calls `select` of the shown view, the caller's too, and again after a view got onto the page. `select` draws, may
 *   scroll and never calls `context.select`.
 * - What must survive hiding and restarts goes through `context.remember`; everything else may be thrown away.
 */
export interface View {
  readonly element: HTMLElement;
  update(snapshot: PanelSnapshot): void;
  /** The colours have changed. */
  repaint(): void;
  select?(selection: Selection | null): void;
  /** Brings the target into view and selects it through the context; false when this view does not hold it. */
  focus?(target: FocusTarget): boolean;
  dispose?(): void;
}

/** What there is to draw; the comparison is of no step and outlives the run. */
export interface Drawable extends Contents {
  readonly comparison: boolean;
}

export interface ViewKind {
  readonly id: ViewId;
  /** Codicon. */
  readonly icon: string;
  readonly label: keyof InspectorStrings;
  /** Whether there is anything to draw at this step. */
  available(contents: Drawable): boolean;
  /** What the keyboard does in it, for the help. */
  readonly keys: readonly KeyGroup[];
  make(context: PanelContext): View;
}
