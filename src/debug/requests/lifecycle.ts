import type { DebugProtocol } from "@vscode/debugprotocol";
import { objectOrNone } from "../protocol/arguments";
import { capabilities } from "../protocol/capabilities";
import { failures } from "../protocol/failures";
import { readLaunch, type Launch } from "../session/launch";
import { ClientPositions, type LaunchArguments } from "../protocol/protocol";
import { Script } from "../session/script";
import { stopAt } from "../session/stop";
import type { SessionState } from "../session/sessionState";
import type { Handlers, Reply } from "./handler";

/** The requests that begin and end a session. */
export function lifecycleRequests(session: SessionState): Handlers {
  const lifecycle = new Lifecycle(session);
  return {
    initialize: (args: DebugProtocol.InitializeRequestArguments, reply) => lifecycle.initialize(args, reply),
    launch: (args: LaunchArguments, reply) => lifecycle.launch(args, reply),
    configurationDone: (_, reply) => lifecycle.configurationDone(reply),
    restart: (args: DebugProtocol.RestartArguments, reply) => lifecycle.restart(args, reply),
    terminate: (_, reply) => lifecycle.terminate(reply),
    disconnect: (_, reply) => lifecycle.leave(reply),
  };
}

class Lifecycle {
  private isConfigured = false;

  constructor(private readonly session: SessionState) {}

  initialize(args: DebugProtocol.InitializeRequestArguments, reply: Reply): void {
    const { session } = this;
    if (session.client !== null) throw failures.alreadyInitialized();
    session.client = args;
    session.positions = ClientPositions.of(args);
    reply.succeed(capabilities(session.words));
  }

  launch(args: LaunchArguments, reply: Reply): void {
    const { session } = this;
    if (session.launching !== null) throw failures.alreadyLaunched();
    const launching = readLaunch(args);
    session.launching = launching;
    this.load(
      launching,
      () => {
        reply.succeed();
        // Only now: the breakpoints that the client answers with are verified against the script.
        session.outlet.event("initialized");
        this.startWhenReady();
      },
      (error) => {
        session.launching = null;
        reply.fail(error);
      },
    );
  }

  restart(args: DebugProtocol.RestartArguments, reply: Reply): void {
    const { session } = this;
    if (session.launching === null || session.script === null) throw failures.noScript();
    const again = objectOrNone("restart", "arguments", args.arguments);
    const launching = again === undefined ? session.launching : readLaunch(again);
    session.script.control.cancel();
    this.load(
      launching,
      () => {
        session.launching = launching;
        session.isStarted = false;
        reply.succeed();
        this.startWhenReady();
      },
      (error) => reply.fail(error),
    );
  }

  configurationDone(reply: Reply): void {
    this.isConfigured = true;
    reply.succeed();
    this.startWhenReady();
  }

  /** Ends in order: first what would be lost if the script stopped where it stands. */
  terminate(reply: Reply): void {
    const { script, isStarted, hasEnded } = this.session;
    if (script !== null && isStarted && !hasEnded) script.printLeaks();
    this.leave(reply);
  }

  leave(reply: Reply): void {
    reply.succeed();
    this.session.end();
  }

  private load(launching: Launch, done: () => void, failed: (error: unknown) => void): void {
    const { session } = this;
    session.host.readProgram(launching.program).then(
      (source) => {
        if (session.hasEnded) {
          failed(failures.ended());
          return;
        }
        try {
          session.script = new Script(
            source,
            launching.settings,
            session.host,
            session,
            (output) =>
              session.outlet.event("output", {
                ...output,
                ...(output.line === undefined ? {} : { source: session.source }),
              }),
            (line) => session.positions.lineToClient(line),
            launching.noDebug,
          );
          session.variables.clear();
          this.resolveBreakpoints(session.script);
          session.outlet.change({ kind: "loaded", reason: null });
          done();
        } catch (error) {
          failed(error);
        }
      },
      (error: unknown) =>
        failed(failures.unreadable(launching.program, error instanceof Error ? error.message : String(error))),
    );
  }

  /** Verifies all breakpoints against a script that was loaded; filters have no numbers by which a client could be told. */
  private resolveBreakpoints({ lines, program }: Script): void {
    const { breakpoints, dataBreakpoints, filters, outlet, positions } = this.session;
    filters.resolve(program);
    for (const breakpoint of [
      ...breakpoints.resolveLines(lines, positions),
      ...breakpoints.resolveVerbs(program),
      ...dataBreakpoints.resolve(program),
    ]) {
      outlet.event("breakpoint", { reason: "changed", breakpoint });
    }
  }

  /** The run starts when the script is loaded and the client has sent its breakpoints, in whichever order. */
  private startWhenReady(): void {
    const { session } = this;
    const { script, launching } = session;
    if (script === null || launching === null || !this.isConfigured || session.isStarted) return;
    session.isStarted = true;
    script.printStart();
    if (script.history.finished) session.stopped(script, stopAt("end"));
    else if (launching.stopOnEntry && !launching.noDebug) {
      session.stopped(script, stopAt("entry"));
    } else {
      const first = launching.noDebug ? undefined : script.stopHere(true);
      if (first === undefined) session.run(script, () => script.control.forward());
      else session.stopped(script, first);
    }
  }
}
