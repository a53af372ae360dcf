import { deltaOf } from "./delta";
import type { DetailWindow } from "./heapSegments";
import type { PanelSnapshot } from "./model";
import type { PagesWindow } from "./pagesView";
import { snapshotParts, type SnapshotPart } from "./parts";
import type { HostMessage, ViewMessage } from "./protocol";
import { addressOf } from "./selection";
import { buildSnapshot, type SnapshotInput } from "./snapshot";

/** A step to show, and its script's identity: zoom and page windows belong to one script. */
export interface FedScene extends Omit<SnapshotInput, "windows" | "pages" | "parts"> {
  readonly script: string;
}

/**
 * Knows what a page looks at and what it has been sent, and makes the messages that keep it up to date: the first one
 * whole, then what has changed.
 */
export class PanelFeed {
  private readonly windows = new Map<string, DetailWindow>();
  private pages: PagesWindow = {};
  /** What the views on the screen draw. */
  private parts: ReadonlySet<SnapshotPart> = new Set(snapshotParts);
  private script: string | undefined;
  private sent: PanelSnapshot | null = null;

  /** The page is a new one, or shows no run any more: it has nothing. */
  forget(): void {
    this.sent = null;
  }

  /** Takes note of what the page looks at; messages about other things change nothing. */
  hear(message: ViewMessage): void {
    switch (message.kind) {
      case "showing":
        this.parts = new Set(message.parts);
        break;
      case "detail":
        this.windows.set(message.heap, { from: message.from, to: message.to });
        break;
      case "pageWindow":
        this.pages = { ...this.pages, first: message.first };
        break;
      case "showProcess":
        this.pages = { ...this.pages, process: message.name, first: 0 };
        break;
      case "select": {
        const { selection } = message;
        const address = addressOf(selection);
        // Another process's page brings its process into view, and any page its rows.
        const place = selection?.kind === "page" ? { process: selection.process, first: null } : {};
        this.pages = { ...this.pages, address: address === null ? null : Number(address), ...place };
        break;
      }
      default:
    }
  }

  /** What brings the page to the scene; null when it is there already. */
  messageFor({ script, ...scene }: FedScene): HostMessage | null {
    if (this.script !== script) {
      this.script = script;
      this.windows.clear();
      this.pages = {};
    }
    const { sent, windows, pages, parts } = this;
    this.sent = buildSnapshot({ ...scene, windows, pages, parts });
    if (sent === null) return { kind: "snapshot", snapshot: this.sent };
    const delta = deltaOf(sent, this.sent);
    return delta === null ? null : { kind: "change", delta };
  }
}
