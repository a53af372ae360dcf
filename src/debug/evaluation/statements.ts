import { syntaxMessage } from "../../language/parsing/syntaxProblems";
import { englishWords } from "../../language/Words";
import { parseLine } from "../../language/parsing/statements";
import type { Statement } from "../../language/parsing/syntax";
import { toHex } from "../../engine/address";
import { failures } from "../protocol/failures";

/** Control flow has no meaning outside a script, and an announcement no next line. */
const onlyInScripts = ["repeat", "end", "expect"];

/** A statement that somebody typed outside the script; throws what is wrong with it. */
export function typedStatement(text: string): Statement {
  const parsed = parseLine(text);
  if (parsed.kind === "empty") throw failures.cannotEvaluate("Nothing to evaluate.");
  if (parsed.kind === "problem") throw failures.cannotEvaluate(syntaxMessage(parsed.failure, englishWords));
  const { statement } = parsed;
  if (onlyInScripts.includes(statement.verb)) {
    throw failures.cannotEvaluate(`'${statement.verb}' has a meaning only in a script.`);
  }
  return statement;
}

/** The `write` of bytes to an address, however many they are. */
export function writeStatement(address: number, bytes: Uint8Array): Statement {
  const span = { start: 0, end: 0 };
  return {
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
