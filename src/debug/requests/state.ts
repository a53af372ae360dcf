import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkWholes } from "../protocol/arguments";
import { exceptionInfo } from "../breakpoints/exceptionFilters";
import { failures } from "../protocol/failures";
import { ValueFormat } from "../protocol/format";
import { threadId } from "../session/stop";
import type { SessionState } from "../session/sessionState";
import { scopesOf } from "../variables/scopes";
import type { Handlers } from "./handler";

/** The requests that show where the script stands and what its memory holds. None of them changes anything. */
export function lookingRequests(session: SessionState): Handlers {
  return {
    threads: (_, reply) =>
      reply.succeed({ threads: [{ id: threadId, name: session.script?.source.name ?? "script" }] }),
    stackTrace: (args: DebugProtocol.StackTraceArguments, reply) => reply.succeed(stackTrace(session, args)),
    scopes: (_, reply) => reply.succeed({ scopes: scopes(session) }),
    variables: (args: DebugProtocol.VariablesArguments, reply) => {
      session.stoppedScript();
      checkWholes("variables", args, true, "start", "count");
      reply.succeed({ variables: session.variables.variables(args, session.isHexFor(args.format)) });
    },
    exceptionInfo: (_, reply) => {
      const problem = session.stoppedScript().stop?.problem;
      if (!problem) throw failures.noException();
      reply.succeed(exceptionInfo(problem, (line) => session.positions.lineToClient(line), session.words));
    },
    "memscript/state": (_, reply) => reply.succeed(describe(session)),
  };
}

function stackTrace(
  session: SessionState,
  args: DebugProtocol.StackTraceArguments,
): DebugProtocol.StackTraceResponse["body"] {
  const { positions } = session;
  const script = session.stoppedScript();
  const line = script.currentLine;
  const statement = script.lines.statementAt(line);
  const name =
    script.history.finished && !script.stop?.problem && script.stop?.event === undefined
      ? "end of script"
      : (statement?.verb ?? "script");
  const frame = {
    id: threadId,
    name,
    source: session.source,
    line: positions.lineToClient(line),
    // Without an end column: a client would select the whole statement.
    column: positions.columnToClient(statement?.span.start ?? 0),
  };
  return { stackFrames: 0 < (args.startFrame ?? 0) ? [] : [frame], totalFrames: 1 };
}

function scopes(session: SessionState): DebugProtocol.Scope[] {
  const { history } = session.stoppedScript();
  return scopesOf(history.state, new ValueFormat(false)).map((scope) => ({
    name: scope.name,
    ...(scope.hint === undefined ? {} : { presentationHint: scope.hint }),
    // The children are made again for each request, so that a hexadecimal one is answered in hexadecimal.
    variablesReference: session.variables.reference(
      (isHex) =>
        scopesOf(history.state, new ValueFormat(isHex)).find(({ name }) => name === scope.name)?.children ?? {},
    ),
    ...(scope.children.indexed === undefined ? {} : { indexedVariables: scope.children.indexed.count }),
    ...(scope.children.indexed === undefined ? {} : { namedVariables: scope.children.named?.().length ?? 0 }),
    expensive: scope.expensive,
  }));
}

/** Where the script is in numbers, for clients of our own. */
function describe(session: SessionState): object {
  const script = session.loadedScript();
  const { history } = script;
  return {
    step: history.position,
    reached: history.reached,
    finished: history.finished,
    running: script.control.isRunning,
    line: session.positions.lineToClient(script.currentLine),
    problems: history.problems.length,
  };
}
