import type { FocusTarget, ViewMessage } from "../src/inspector/protocol";
import type { Snapshot } from "../src/inspector/model";
import type { InspectorStrings } from "../src/inspector/strings";
import type { Theme } from "./theme";

/** What the panel remembers over hiding and reloading. */
export interface PanelState {
  /** Heap name to the window zoomed to; absent: fitted. */
  readonly windows: Readonly<Record<string, { readonly from: number; readonly to: number }>>;
  /** Series of the timeline switched on or off by hand. */
  readonly series: Readonly<Record<string, boolean>>;
  /** Ids of the table twins that are open. */
  readonly open: readonly string[];
}

/** What every section gets: texts, colours, a way to speak to the host and a memory. */
export interface PanelContext {
  readonly strings: InspectorStrings;
  readonly theme: Theme;
  readonly post: (message: ViewMessage) => void;
  readonly state: PanelState;
  readonly remember: (change: Partial<PanelState>) => void;
}

/** One part of the panel. */
export interface Section {
  readonly element: HTMLElement;
  update(snapshot: Snapshot): void;
  /** The colours have changed. */
  repaint(): void;
  /** Brings the target into view; true when this section holds it. */
  focus?(target: FocusTarget): boolean;
}
