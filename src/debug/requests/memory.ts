import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Statement } from "../../language/parsing/syntax";
import { checkTexts, checkWholes } from "../protocol/arguments";
import { decodeBase64 } from "../protocol/base64";
import { failures } from "../protocol/failures";
import { ValueFormat } from "../protocol/format";
import { parseMemoryReference, readMemory } from "../evaluation/memory";
import { evaluate } from "../evaluation/evaluate";
import type { Script } from "../session/script";
import type { SessionState } from "../session/sessionState";
import { typedStatement, writeStatement } from "../evaluation/statements";
import type { Handlers, Reply } from "./handler";

/** Longest text that one `writeMemory` brings. */
const longestWrite = 1024 * 1024;

/** The requests that read bytes, and those that change bytes and handles by hand. */
export function memoryRequests(session: SessionState): Handlers {
  return {
    readMemory: (args: DebugProtocol.ReadMemoryArguments, reply) => {
      const script = session.stoppedScript();
      checkWholes("readMemory", args, true, "offset");
      checkWholes("readMemory", args, false, "count");
      const offset = args.offset ?? 0;
      const body = readMemory(script.history.state, args.memoryReference, offset, args.count);
      session.readRanges.note(args.memoryReference, offset, offset + Math.max(0, args.count));
      reply.succeed(body);
    },
    writeMemory: (args: DebugProtocol.WriteMemoryArguments, reply) => writeMemory(session, args, reply),
    setVariable: (args: DebugProtocol.SetVariableArguments, reply) => setVariable(session, args, reply),
    setExpression: (args: DebugProtocol.SetExpressionArguments, reply) => setExpression(session, args, reply),
  };
}

function writeMemory(session: SessionState, args: DebugProtocol.WriteMemoryArguments, reply: Reply): void {
  const script = session.stoppedScript();
  checkWholes("writeMemory", args, true, "offset");
  const bytes = typeof args.data === "string" && args.data.length <= longestWrite ? decodeBase64(args.data) : undefined;
  if (bytes === undefined) throw failures.badArguments("writeMemory", "'data' in base64, at most a mebibyte");
  const address = parseMemoryReference(args.memoryReference) + (args.offset ?? 0);
  if (address < 0 || bytes.length === 0) throw failures.cannotEdit("There are no bytes to write there.");
  const readable = script.history.state.peek(address, bytes.length)?.length ?? 0;
  if (args.allowPartial !== true && readable < bytes.length && script.history.state.vm === null) {
    throw failures.cannotEdit(`Only ${readable} of the ${bytes.length} bytes are there.`);
  }
  perform(session, script, writeStatement(address, bytes), reply, () => ({
    bytesWritten: readable === 0 ? bytes.length : Math.min(readable, bytes.length),
  }));
}

/** A variable changes by the statement that a script would use: `a = …` for a handle, `write …` for its bytes. */
function setVariable(session: SessionState, args: DebugProtocol.SetVariableArguments, reply: Reply): void {
  const script = session.stoppedScript();
  checkTexts("setVariable", { ...args, name: (args.name as unknown) ?? null }, "name");
  checkTexts("setVariable", { ...args, value: (args.value as unknown) ?? null }, "value");
  const assign = session.variables.find(args.variablesReference, args.name)?.assign;
  if (assign === undefined) throw failures.cannotEdit(`${args.name} is computed from other things.`);
  const statement = typedStatement(assign(args.value));
  const isHandle = statement.verb === "let";
  perform(session, script, statement, reply, () => ({
    value: isHandle ? valueOf(session, script, args.name) : args.value,
  }));
}

/** A handle takes the value; at any other expression, which is an address, it is written. */
function setExpression(session: SessionState, args: DebugProtocol.SetExpressionArguments, reply: Reply): void {
  const script = session.stoppedScript();
  checkTexts("setExpression", { ...args, expression: (args.expression as unknown) ?? null }, "expression");
  checkTexts("setExpression", { ...args, value: (args.value as unknown) ?? null }, "value");
  const expression = args.expression.trim();
  const isHandle = script.history.state.handle(expression) !== undefined;
  const text = isHandle ? `${expression} = ${args.value}` : `write (${expression}) ${args.value}`;
  perform(session, script, typedStatement(text), reply, () => ({
    value: valueOf(session, script, expression),
  }));
}

function valueOf(session: SessionState, script: Script, expression: string): string {
  return evaluate(script.history.state, expression, "watch", new ValueFormat(session.isHex)).value;
}

/** Performs the edit, then tells every view of the client that what it shows may be out of date. */
function perform(session: SessionState, script: Script, statement: Statement, reply: Reply, body: () => object): void {
  if (statement.verb !== "let" && statement.verb !== "write") throw failures.cannotEdit("This is no value.");
  session.serve(script, reply, script.edit(statement), () => {
    reply.succeed(body());
    session.invalidate();
  });
}
