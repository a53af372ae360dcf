import * as vscode from "vscode";
import type { LiveRuns } from "../runs/liveRuns";

/** Runs the debug session inside the extension host: no process, so it works on the desktop and on the web alike. */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  constructor(private readonly live: LiveRuns) {}

  async createDebugAdapterDescriptor(session: vscode.DebugSession): Promise<vscode.DebugAdapterDescriptor> {
    const { InlineAdapter } = await import("./inlineAdapter");
    const adapter = new InlineAdapter(session, () => this.live.tellChange());
    this.live.add(adapter);
    return new vscode.DebugAdapterInlineImplementation(adapter);
  }
}
