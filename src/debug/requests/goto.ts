import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkWholes, sourcePath } from "../protocol/arguments";
import { failures } from "../protocol/failures";
import type { SessionState } from "../session/sessionState";
import type { Handlers } from "./handler";
import { isScript } from "./breakpoints";

/** A jump to a line is a journey to the time at which it executes: nothing is skipped on the way. */
export function jumpingRequests(session: SessionState): Handlers {
  return {
    gotoTargets: (args: DebugProtocol.GotoTargetsArguments, reply) => {
      checkWholes("gotoTargets", args, false, "line");
      const script = session.startedScript();
      const { positions } = session;
      const asked = positions.lineFromClient(args.line);
      const line = isScript(session, script, sourcePath("gotoTargets", args.source))
        ? script.lines.snap(asked)
        : undefined;
      const statement = line === undefined ? undefined : script.lines.statementAt(line);
      // The target's number is its line: it means the same in the request that follows.
      const targets =
        line === undefined || statement === undefined
          ? []
          : [
              {
                id: line,
                label: statement.text,
                line: positions.lineToClient(line),
                column: positions.columnToClient(statement.span.start),
              },
            ];
      reply.succeed({ targets });
    },
    goto: (args: DebugProtocol.GotoArguments, reply) => {
      checkWholes("goto", args, false, "targetId");
      const script = session.stoppedScript();
      const { targetId } = args;
      if (script.lines.statementAt(targetId) === undefined) throw failures.neverExecutes();
      reply.succeed();
      session.run(script, () => script.jumpTo(targetId));
    },
  };
}
