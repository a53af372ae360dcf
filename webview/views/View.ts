import type { PanelSnapshot } from "../../src/inspector/model";
import type { SnapshotPart } from "../../src/inspector/parts";
import type { FocusTarget } from "../../src/inspector/protocol";
import type { Selection } from "../../src/inspector/selection";
import type { InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import type { Keys } from "../help/keys";
import type { ViewId } from "./registry";
import type { SectionsOf } from "./StackView";

/**
 * How a view lives in the panel.
 *
 * - A view is one row in `registry.ts`. The panel makes the view when its tab is first chosen, keeps it, and
 *   puts `element` on the page while the tab is the chosen one. Measure in `update` and later, never in the constructor.
 * - `update` comes when the view gets onto the page and with each new snapshot while it stays there, never behind other
 *   tabs. A snapshot carries only the parts that the row names in `draws`.
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

/** What a view may show: parts of a snapshot, or the comparison, which is of no step and outlives the run. */
export type Content = SnapshotPart | "comparison";

/** A view in the table: it is made by `make`, or is a stack of `sections`, which the overview shows, too. */
export interface ViewRow<Id extends string = string> {
  readonly id: Id;
  /** Codicon. */
  readonly icon: string;
  readonly label: keyof InspectorStrings;
  /** There is something to show where one of these has content. */
  readonly shows: readonly Content[];
  /** Parts of the snapshot that it draws; it may ask for more by queries. */
  readonly draws: readonly SnapshotPart[];
  /** What the keyboard does in it, for the help. */
  readonly keys: Keys;
  readonly sections?: SectionsOf;
  readonly make?: (context: PanelContext) => View;
}

export interface ViewKind extends ViewRow<ViewId> {
  readonly make: (context: PanelContext) => View;
}
