import type * as vscode from "vscode";
import type { Place } from "../../inspector/html";
import type { FocusTarget } from "../../inspector/protocol";
import type { ComparedMemory } from "./compared";
import type { Frame, InspectorPanel } from "./InspectorPanel";
import type { ShownRun } from "./ShownRun";

/** The inspector of a place, whose code is loaded when the first one opens; undefined if the place was closed meanwhile. */
export type Opening = Promise<InspectorPanel | undefined>;

/**
 * All places of the window that show the Memory Inspector. They look at one subject, so that they show the same step of
 * the same run; it is there as long as there is a place.
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

  /** Shows the inspector in a frame until that is closed. */
  add(frame: Frame, place: Place): { readonly inspector: Opening; readonly subject: ShownRun } {
    const subject = (this.current ??= this.makeSubject());
    const inspector = this.open(frame, place, subject);
    this.inspectors.set(frame, inspector);
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
    for (const [, opening] of shown) void opening.then((inspector) => inspector?.focus(target));
    return shown.length > 0;
  }

  private async open(frame: Frame, place: Place, subject: ShownRun): Opening {
    const { InspectorPanel } = await import("./InspectorPanel");
    if (!this.inspectors.has(frame)) return undefined;
    return new InspectorPanel(frame, place, this.extensionUri, subject, this.compared);
  }
}
