import * as vscode from "vscode";
import type { SessionRuns } from "../runs/SessionRuns";

/** Runs the debug session inside the extension host: no process, so it works on the desktop and on the web alike. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  constructor(private readonly live: SessionRuns) {}

  async createDebugAdapterDescriptor(session: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor> {
    const { InlineAdapter } = await import("./inlineAdapter");
    const adapter = new InlineAdapter(session, () => this.live.noteChange());
    this.live.add(adapter);
    return new vscode.DebugAdapterInlineImplementation(adapter);
  }
}
