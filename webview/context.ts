import type { CompareView } from "../src/inspector/compareView";
import type { PanelSnapshot } from "../src/inspector/model";
import type { FocusTarget, ViewMessage } from "../src/inspector/protocol";
import type { Selection } from "../src/inspector/selection";
import type { InspectorStrings } from "../src/inspector/strings";
import type { DeferredDrawing } from "./DeferredDrawing";
import type { Requests } from "./requests";
import type { Theme } from "./theme";
import type { ViewId } from "./views/registry";

/** What the panel remembers over hiding and reloading. */
export interface PanelState {
  /** The view whose tab is chosen. */
  readonly view: ViewId;
  readonly selection: Selection | null;
  /** Steps a second while the run plays by itself; null until one is chosen. */
  readonly speed: number | null;
  /** Heap name to the window zoomed to; absent: fitted. */
  readonly windows: Readonly<Record<string, { readonly from: number; readonly to: number }>>;
  /** Series of the timeline switched on or off by hand. */
  readonly series: Readonly<Record<string, boolean>>;
  /** Address of the byte that the view of bytes stands at; null: the first region's first. */
  readonly byteCursor: string | null;
  /** Ids of the table twins that are open. */
  readonly open: readonly string[];
}

/** What every view gets: texts, colours, ways to speak to the host and to the other views, and a memory. */
export interface PanelContext {
  readonly strings: InspectorStrings;
  readonly theme: Theme;
  /** For what may be drawn a moment later than the rest. */
  readonly later: DeferredDrawing;
  readonly post: (message: ViewMessage) => void;
  /** Asks the host; rejects with a `RequestFailure`. See {@link Requests.ask}. */
  readonly request: Requests["ask"];
  /** What all views have selected. */
  readonly selection: Selection | null;
  /** Selects for all views; null for nothing. */
  readonly select: (selection: Selection | null) => void;
  /** The policies compared last. */
  readonly comparison: CompareView | null;
  readonly state: PanelState;
  readonly remember: (change: Partial<PanelState>) => void;
}

/** One part of a view. */
export interface Section {
  readonly element: HTMLElement;
  update(snapshot: PanelSnapshot): void;
  /** The colours have changed. */
  repaint(): void;
  /** Marks what all views have selected; never selects by itself. */
  select?(selection: Selection | null): void;
  /** Brings the target into view and selects it; true when this section holds it. */
  focus?(target: FocusTarget): boolean;
  dispose?(): void;
}
