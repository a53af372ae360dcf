import { parseLine } from "../language/statements";
import type { Statement } from "../language/syntax";
import { toHex } from "../engine/address";
import { failures } from "./failures";

/** Control flow has no meaning outside a script, and an announcement no next line. */
const onlyInScripts = ["repeat", "end", "expect"];

/** A statement that somebody typed outside the script; throws what is wrong with it. `line` is where the script stands. */
export function typedStatement(text: string, line: number): Statement {
  const parsed = parseLine(text, line);
  if (parsed.kind === "empty") throw failures.cannotEvaluate("Nothing to evaluate.");
  if (parsed.kind === "problem") throw failures.cannotEvaluate(parsed.failure.message);
  const { statement } = parsed;
  if (onlyInScripts.includes(statement.verb)) {
    throw failures.cannotEvaluate(`'${statement.verb}' has a meaning only in a script.`);
  }
  return statement;
}

/** The `write` of bytes to an address, however many they are. */
export function writeStatement(address: number, bytes: Uint8Array, line: number): Statement {
  const span = { start: 0, end: 0 };
  return {
    line,
    span,
    text: `write ${toHex(address)}`,
    verb: "write",
    verbSpan: span,
    target: null,
    operands: {
      destination: { kind: "expression", expression: { kind: "number", value: address, span }, span },
      value: { kind: "string", text: "", bytes, span },
    },
    options: {},
  };
}
