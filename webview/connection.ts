import { receiveHostMessage, toWire, type HostMessage, type ViewMessage } from "../src/inspector/protocol";
import { isAddress, isSelection } from "../src/inspector/selection";
import type { PanelState } from "./context";
import { isViewId } from "./views/registry";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The panel's side of the wire, and its memory. */
export class Connection {
  private readonly api = acquireVsCodeApi();

  constructor(onMessage: (message: HostMessage) => void) {
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      const received = receiveHostMessage(event.data);
      if (received.ok) onMessage(received.message);
      else console.warn(received.reason);
    });
  }

  post(message: ViewMessage): void {
    this.api.postMessage(toWire(message));
  }

  load(): PanelState {
    const state = this.api.getState();
    const known = typeof state === "object" && state !== null ? (state as Partial<PanelState>) : {};
    return {
      view: isViewId(known.view) ? known.view : "overview",
      selection: isSelection(known.selection) ? known.selection : null,
      speed: known.speed ?? null,
      windows: known.windows ?? {},
      series: known.series ?? {},
      byteCursor: isAddress(known.byteCursor) ? known.byteCursor : null,
      open: known.open ?? [],
    };
  }

  save(state: PanelState): void {
    this.api.setState(state);
  }
}
