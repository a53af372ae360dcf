import type * as vscode from "vscode";
import type { Place } from "../../inspector/html";
import type { FocusTarget } from "../../inspector/protocol";
import type { ComparedMemory } from "./compared";
import { InspectorPanel, type Frame } from "./InspectorPanel";
import type { Subject } from "./subject";

/**
 * All places of the window that show the Memory Inspector. They look at one subject, so that they show the same step of
 * the same run; it is there as long as there is a place.
 */
export class Places {
  private readonly inspectors = new Map<Frame, InspectorPanel>();
  private current: Subject | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly makeSubject: () => Subject,
    private readonly compared: ComparedMemory,
  ) {}

  /** Undefined while the inspector is nowhere. */
  get subject(): Subject | undefined {
    return this.current;
  }

  /** Shows the inspector in a frame until that is closed. */
  add(frame: Frame, place: Place): { readonly inspector: InspectorPanel; readonly subject: Subject } {
    const subject = (this.current ??= this.makeSubject());
    const inspector = new InspectorPanel(frame, place, this.extensionUri, subject, this.compared);
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
    for (const [, inspector] of shown) inspector.focus(target);
    return shown.length > 0;
  }
}
