import type * as vscode from "vscode";
import type { Place } from "../../inspector/html";
import type { FocusTarget } from "../../inspector/protocol";
import { loadedOnce } from "../host/loadedOnce";
import { log, reasonOf } from "../host/log";
import type { ComparedMemory } from "./compared";
import type { Frame, InspectorPanel } from "./InspectorPanel";
import type { ShownRun } from "./ShownRun";

/** The inspector of a frame, whose code is loaded with the first one; undefined when the frame was closed meanwhile. */
export type Opening = () => Promise<InspectorPanel | undefined>;

/**
 * All frames of the window that show the Memory Inspector. They share one subject, and so show the same step of the same
 * run. It exists as long as there is a frame.
 */
export class InspectorFrames {
  private readonly inspectors = new Map<Frame, Opening>();
  private current: ShownRun | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly makeSubject: () => ShownRun,
    private readonly compared: ComparedMemory,
  ) {}

  /** Undefined while the inspector is nowhere. */
  get subject(): ShownRun | undefined {
    return this.current;
  }

  /** Whether it is on the screen. */
  get isVisible(): boolean {
    return [...this.inspectors.keys()].some(({ visible }) => visible);
  }

  /** Shows the inspector in a frame until that is closed. */
  add(frame: Frame, place: Place): { readonly inspector: Opening; readonly subject: ShownRun } {
    const subject = (this.current ??= this.makeSubject());
    const inspector = loadedOnce(() => this.open(frame, place, subject));
    this.inspectors.set(frame, inspector);
    inspector().catch((error: unknown) => log().error(`The Memory Inspector cannot be loaded: ${reasonOf(error)}`));
    frame.onDidDispose(() => {
      this.inspectors.delete(frame);
      if (this.inspectors.size > 0) return;
      subject.dispose();
      this.current = undefined;
    });
    return { inspector, subject };
  }

  /** Brings a target into view wherever the inspector is on the screen; false where it is not. */
  focus(target: FocusTarget): boolean {
    const shown = [...this.inspectors].filter(([frame]) => frame.visible);
    for (const [, opening] of shown) void opening().then((inspector) => inspector?.focus(target));
    return shown.length > 0;
  }

  private async open(frame: Frame, place: Place, subject: ShownRun): Promise<InspectorPanel | undefined> {
    const { InspectorPanel } = await import("./InspectorPanel");
    if (!this.inspectors.has(frame)) return undefined;
    return new InspectorPanel(frame, place, this.extensionUri, subject, this.compared);
  }
}
