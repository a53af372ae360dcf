import type { DebugProtocol } from "@vscode/debugprotocol";
import type { History } from "../../machine/run/History";
import { failures, RequestFailure } from "../protocol/failures";
import type { DebugHost, SendMessage } from "../protocol/protocol";
import { stopRequests } from "../requests/breakpoints";
import { withVisibleTexts } from "../protocol/shownTexts";
import { consoleRequests } from "../requests/console";
import { dataStopRequests } from "../requests/dataBreakpoints";
import { jumpingRequests } from "../requests/goto";
import { checkedArguments, type Handler, type Reply } from "../requests/handler";
import { lifecycleRequests } from "../requests/lifecycle";
import { memoryRequests } from "../requests/memory";
import { lookingRequests } from "../requests/state";
import { runningRequests } from "../requests/stepping";
import { travelRequests } from "../requests/travel";
import type { SessionChange } from "./outlet";
import { SessionState } from "./sessionState";

const requestGroups = [
  lifecycleRequests,
  stopRequests,
  dataStopRequests,
  runningRequests,
  jumpingRequests,
  lookingRequests,
  consoleRequests,
  memoryRequests,
  travelRequests,
];

export type SessionListener = (change: SessionChange) => void;

/**
 * A debug session: Debug Adapter Protocol messages in, messages out, over the history of one script.
 *
 * It knows neither VS Code nor streams: VS Code uses it inline, `memscript dap` over stdio, tests directly. Every
 * request gets exactly one response, in any order of requests and after any failure inside.
 */
export class DebugSession {
  private readonly send: SendMessage;
  private readonly session: SessionState;
  private readonly handlers: ReadonlyMap<string, Handler>;
  private readonly listeners = new Set<SessionListener>();
  private sequence = 1;

  constructor(options: { readonly send: SendMessage; readonly host: DebugHost }) {
    this.send = options.send;
    const session = new SessionState(options.host, {
      event: (event, body) => this.sendEvent(event, body),
      change: (change) => this.notify(change),
    });
    this.session = session;
    this.handlers = new Map(requestGroups.flatMap((group) => Object.entries(group(session))));
  }

  /** The history being debugged, for hovers and panels of the same process; undefined before `launch`. */
  get history(): History | undefined {
    return this.session.script?.history;
  }

  get isRunning(): boolean {
    return this.session.script?.control.isRunning ?? false;
  }

  onDidChange(listener: SessionListener): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** Takes one message of the client. Never throws; anything that is not a request is ignored. */
  handle(message: DebugProtocol.ProtocolMessage): void {
    if (message.type !== "request") return;
    const request = message as DebugProtocol.Request;
    try {
      this.serve(request.command, request.arguments as unknown, {
        requestId: request.seq,
        succeed: (body) => this.respond(request, body),
        fail: (error) => this.respondFailure(request, error),
      });
    } catch (error) {
      this.respondFailure(request, error);
    }
  }

  dispose(): void {
    this.session.dispose();
    this.listeners.clear();
  }

  /** Finds the handler of a request, once the session is in a state to serve it. */
  private serve(command: string, args: unknown, reply: Reply): void {
    const { client, hasEnded } = this.session;
    const handler = this.handlers.get(command);
    if (handler === undefined) throw failures.unknownRequest(command);
    const isLeaving = command === "disconnect" || command === "terminate";
    if (client === null && command !== "initialize" && !isLeaving) throw failures.notInitialized();
    if (hasEnded && !isLeaving) throw failures.ended();
    handler(checkedArguments(command, args), reply);
  }

  private respond(request: DebugProtocol.Request, body: unknown): void {
    const response: DebugProtocol.Response = {
      seq: this.sequence++,
      type: "response",
      request_seq: request.seq,
      command: request.command,
      success: true,
    };
    this.send(body === undefined ? response : { ...response, body: withVisibleTexts(body) });
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
    this.send(body === undefined ? message : { ...message, body: withVisibleTexts(body) });
  }

  private notify(change: SessionChange): void {
    for (const listener of [...this.listeners]) listener(change);
  }
}
