import * as vscode from "vscode";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DebugHost } from "../../debug/protocol/protocol";
import { DebugSession } from "../../debug/session/DebugSession";
import type { History } from "../../machine/run/History";
import { words } from "../host/words";
import { sameUri } from "../host/uris";
import type { DebuggedScript } from "../runs/SessionRuns";
import { nameOf, readScript, uriOfProgram } from "./programUri";
import { yieldToHost } from "../runs/editorHost";

/** One debug session with VS Code at its other end. It is also what views know of the session. */
export class InlineAdapter implements vscode.DebugAdapter, DebuggedScript {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.sent.event;
  readonly uri: vscode.Uri;
  text = "";
  private readonly inner: DebugSession;

  constructor(
    readonly session: vscode.DebugSession,
    onChange: () => void,
  ) {
    const { program } = session.configuration as { program?: unknown };
    this.uri = uriOfProgram(typeof program === "string" ? program : "");
    const host = createHost((text) => (this.text = text));
    this.inner = new DebugSession({ host, send: (message) => this.sent.fire(message) });
    this.inner.onDidChange(onChange);
  }

  get history(): History | undefined {
    return this.inner.history;
  }

  get running(): boolean {
    return this.inner.isRunning;
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.inner.handle(message as DebugProtocol.ProtocolMessage);
  }

  dispose(): void {
    this.inner.dispose();
    this.sent.dispose();
  }
}

function createHost(onText: (text: string) => void): DebugHost {
  return {
    async readProgram(program) {
      const uri = uriOfProgram(program);
      const text = await readScript(uri);
      onText(text);
      return { text, name: nameOf(uri), path: pathOf(uri) };
    },
    words,
    yield: yieldToHost,
    now: () => performance.now(),
    samePath: (left, right) => sameUri(uriOfProgram(left), uriOfProgram(right)),
  };
}

/** VS Code turns URIs in `source.path` into documents of any file system, files included. */
function pathOf(uri: vscode.Uri): string {
  return uri.toString();
}
