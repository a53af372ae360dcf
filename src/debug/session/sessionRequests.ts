import type { History } from "../../machine/run/History";
import { failures } from "../protocol/failures";
import type { DebugHost } from "../protocol/protocol";
import { checkedArguments, type Handler, type Reply } from "../requests/handler";
import { consoleRequests } from "../requests/console";
import { dataStopRequests } from "../requests/dataBreakpoints";
import { jumpingRequests } from "../requests/goto";
import { lifecycleRequests } from "../requests/lifecycle";
import { lookingRequests } from "../requests/state";
import { memoryRequests } from "../requests/memory";
import { runningRequests } from "../requests/stepping";
import { travelRequests } from "../requests/travel";
import { stopRequests } from "../requests/breakpoints";
import { SessionState, type Outlet } from "./sessionState";

/** Finds the handler of a request, once the session is in a state to serve it. */
export class SessionRequests {
  private readonly session: SessionState;
  private readonly handlers: ReadonlyMap<string, Handler>;

  constructor(host: DebugHost, outlet: Outlet) {
    const session = new SessionState(host, outlet);
    this.session = session;
    this.handlers = new Map(
      [
        lifecycleRequests,
        stopRequests,
        dataStopRequests,
        runningRequests,
        jumpingRequests,
        lookingRequests,
        consoleRequests,
        memoryRequests,
        travelRequests,
      ].flatMap((group) => Object.entries(group(session))),
    );
  }

  get history(): History | undefined {
    return this.session.script?.history;
  }

  get programPath(): string | undefined {
    return this.session.script?.source.path;
  }

  get isRunning(): boolean {
    return this.session.script?.control.isRunning ?? false;
  }

  get stoppedLine(): number | undefined {
    const { script } = this.session;
    return script === null || script.stop === null ? undefined : script.currentLine;
  }

  serve(command: string, args: unknown, reply: Reply): void {
    const { session } = this;
    const handler = this.handlers.get(command);
    if (handler === undefined) throw failures.unknownRequest(command);
    const isLeaving = command === "disconnect" || command === "terminate";
    if (session.client === null && command !== "initialize" && !isLeaving) throw failures.notInitialized();
    if (session.hasEnded && !isLeaving) throw failures.ended();
    handler(checkedArguments(command, args), reply);
  }

  dispose(): void {
    this.session.dispose();
  }
}
