import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkTexts, checkWholes } from "../protocol/arguments";
import { completions } from "../evaluation/completions";
import { evaluate, isStatement } from "../evaluation/evaluate";
import { failures } from "../protocol/failures";
import { ValueFormat } from "../protocol/format";
import type { SessionState } from "../session/sessionState";
import { typedStatement } from "../evaluation/statements";
import { trialText } from "../evaluation/trial";
import type { ShownValue } from "../variables/store";
import type { Handlers, Reply } from "./handler";

/** The requests of watches, hovers and the debug console. */
export function consoleRequests(session: SessionState): Handlers {
  return {
    evaluate: (args: DebugProtocol.EvaluateArguments, reply) => evaluation(session, args, reply),
    completions: (args: DebugProtocol.CompletionsArguments, reply) => {
      const script = session.stoppedScript();
      checkTexts("completions", { ...args, text: (args.text as unknown) ?? null }, "text");
      checkWholes("completions", args, false, "column");
      checkWholes("completions", args, true, "line");
      const { positions } = session;
      const text = args.text.split("\n").at(args.line === undefined ? 0 : positions.lineFromClient(args.line)) ?? "";
      const targets = completions(script.history.state, text, positions.columnFromClient(args.column));
      reply.succeed({ targets: targets.map((item) => ({ ...item, start: positions.columnToClient(item.start) })) });
    },
    cancel: (args: DebugProtocol.CancelArguments, reply) => {
      checkWholes("cancel", args, true, "requestId");
      checkTexts("cancel", args, "progressId");
      if (args.requestId !== undefined) session.cancel(args.requestId);
      reply.succeed();
      if (args.progressId !== undefined) session.cancelProgress(args.progressId);
    },
    "memscript/format": (args: { hex?: unknown }, reply) => {
      if (args.hex !== undefined && typeof args.hex !== "boolean") {
        throw failures.badArguments("memscript/format", "'hex' to be true or false");
      }
      session.isHex = args.hex ?? !session.isHex;
      reply.succeed({ hex: session.isHex });
      if (session.script?.stop) session.invalidate();
    },
  };
}

function evaluation(session: SessionState, args: DebugProtocol.EvaluateArguments, reply: Reply): void {
  const script = session.stoppedScript();
  if (typeof args.expression !== "string") throw failures.badArguments("evaluate", "an expression");
  const format = new ValueFormat(session.isHexFor(args.format));
  const { state } = script.history;
  const { expression, context = "repl" } = args;
  if (context !== "repl" || !isStatement(state, expression)) {
    reply.succeed(resultOf(session, evaluate(state, expression, context, format, session.words)));
    return;
  }
  const statement = typedStatement(expression);
  // Why a free is refused is told check by check, whatever the copy shows.
  const first = statement.verb === "free" ? `${evaluate(state, expression, context, format).value}\n` : "";
  session.serve(script, reply, script.attempt(statement), (record) =>
    reply.succeed({ result: first + trialText(record, session.words), variablesReference: 0 }),
  );
}

/** A result is a variable whose value is called so; the client has the name already. */
function resultOf(session: SessionState, shown: ShownValue): object {
  const variable: Partial<DebugProtocol.Variable> = session.variables.toVariable(shown);
  delete variable.name;
  delete variable.evaluateName;
  // At any address something can be written, which `setExpression` does.
  delete variable.presentationHint;
  const { value, ...rest } = variable;
  return { result: value, ...rest };
}
