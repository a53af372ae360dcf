import type { DebugProtocol } from "@vscode/debugprotocol";
import type { History } from "../../machine/run/History";
import { failures, RequestFailure } from "../protocol/failures";
import type { DebugHost, SendMessage } from "../protocol/protocol";
import type { StopReason } from "./runControl";
import { SessionRequests } from "./sessionRequests";

/** What listeners inside the same process learn; clients over the wire get the protocol's events for the same. */
export interface SessionChange {
  /** `loaded`: a script is at position 0; `stopped`, `continued`: as the events; `ended`: nothing follows. */
  readonly kind: "loaded" | "stopped" | "continued" | "ended";
  /** Only for `stopped`. */
  readonly reason: StopReason | null;
}

export type SessionListener = (change: SessionChange) => void;

/**
 * A debug session: Debug Adapter Protocol messages in, messages out, over the history of one script.
 *
 * It knows neither VS Code nor streams: VS Code uses it inline, `memscript dap` over stdio, tests directly. Every
 * request gets exactly one response, whatever the order of requests and whatever goes wrong inside.
 */
export class DebugSession {
  private readonly send: SendMessage;
  private readonly requests: SessionRequests;
  private readonly listeners = new Set<SessionListener>();
  private sequence = 1;

  constructor(options: { readonly send: SendMessage; readonly host: DebugHost }) {
    this.send = options.send;
    this.requests = new SessionRequests(options.host, {
      event: (event, body) => this.sendEvent(event, body),
      change: (change) => this.tell(change),
    });
  }

  /** The history being debugged, for hovers and panels of the same process; undefined before `launch`. */
  get history(): History | undefined {
    return this.requests.history;
  }

  /** Path or URI of the script, as `stackTrace` gives it; undefined before `launch`. */
  get programPath(): string | undefined {
    return this.requests.programPath;
  }

  get isRunning(): boolean {
    return this.requests.isRunning;
  }

  /** 0-based line at which the session stands, undefined while it runs or before it starts. */
  get stoppedLine(): number | undefined {
    return this.requests.stoppedLine;
  }

  onDidChange(listener: SessionListener): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  onDidStop(listener: SessionListener): { dispose(): void } {
    return this.onDidChange((change) => {
      if (change.kind === "stopped") listener(change);
    });
  }

  /** Takes one message of the client. Never throws; anything that is not a request is ignored. */
  handle(message: DebugProtocol.ProtocolMessage): void {
    if (message.type !== "request") return;
    const request = message as DebugProtocol.Request;
    try {
      this.requests.serve(request.command, request.arguments as unknown, {
        requestId: request.seq,
        succeed: (body) => this.respond(request, body),
        fail: (error) => this.respondFailure(request, error),
      });
    } catch (error) {
      this.respondFailure(request, error);
    }
  }

  dispose(): void {
    this.requests.dispose();
    this.listeners.clear();
  }

  private respond(request: DebugProtocol.Request, body: unknown): void {
    const response: DebugProtocol.Response = {
      seq: this.sequence++,
      type: "response",
      request_seq: request.seq,
      command: request.command,
      success: true,
    };
    this.send(body === undefined ? response : { ...response, body });
  }

  private respondFailure(request: DebugProtocol.Request, error: unknown): void {
    const failure =
      error instanceof RequestFailure
        ? error
        : failures.internal(request.command, error instanceof Error ? error.message : String(error));
    this.send({
      seq: this.sequence++,
      type: "response",
      request_seq: request.seq,
      command: request.command,
      success: false,
      message: failure.message,
      body: failure.toBody(),
    } as DebugProtocol.Response);
  }

  private sendEvent(event: string, body: unknown): void {
    const message: DebugProtocol.Event = { seq: this.sequence++, type: "event", event };
    this.send(body === undefined ? message : { ...message, body });
  }

  private tell(change: SessionChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }
}
