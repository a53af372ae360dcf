import { failures } from "../protocol/failures";
import type { Stop } from "../session/stop";
import type { Script } from "../session/script";
import type { SessionState } from "../session/sessionState";
import type { Handlers, Reply } from "./handler";

/** The requests that move the script through time. */
export function runningRequests(session: SessionState): Handlers {
  const stepOnce = (reply: Reply, move: (script: Script) => Stop): void => {
    const script = session.stoppedScript();
    const wasFinished = script.history.finished;
    session.leave(script);
    const stop = move(script);
    reply.succeed();
    // A step ahead at the end ends the session, as a continue does; a step back is still possible.
    if (wasFinished && stop.reason === "end") session.end();
    else session.stopped(script, stop);
  };
  // Nothing is entered or left: a step in and a step out are steps.
  const stepForward = (_: never, reply: Reply): void => stepOnce(reply, (script) => script.stepForward());
  return {
    continue: (_, reply) => {
      const script = session.stoppedScript();
      reply.succeed({ allThreadsContinued: true });
      if (script.history.finished) session.end();
      else session.run(script, () => script.control.forward());
    },
    reverseContinue: (_, reply) => {
      const script = session.stoppedScript();
      reply.succeed();
      session.run(script, () => script.control.backward());
    },
    next: stepForward,
    stepIn: stepForward,
    stepOut: stepForward,
    stepBack: (_, reply) => stepOnce(reply, (script) => script.stepBack()),
    pause: (_, reply) => pause(session, reply),
    "memscript/seek": (args: { step?: unknown }, reply) => seek(session, args, reply),
  };
}

function pause(session: SessionState, reply: Reply): void {
  const script = session.loadedScript();
  if (!script.control.isRunning) throw failures.notRunning();
  reply.succeed();
  session.pause(script);
}

/** Travels to a step by its number, from a standing script or out of a run. */
function seek(session: SessionState, args: { step?: unknown }, reply: Reply): void {
  const script = session.startedScript();
  if (typeof args.step !== "number" || !Number.isSafeInteger(args.step) || args.step < 0) {
    throw failures.badArguments("memscript/seek", "a step, a whole number from 0");
  }
  if (script.isBusy) throw failures.running();
  script.control.cancel();
  session.leave(script);
  const stop = script.seek(args.step);
  reply.succeed({ step: script.history.position });
  session.stopped(script, stop);
}
