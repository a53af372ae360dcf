import * as vscode from "vscode";
import { toHex } from "../../engine/address";
import type { NameExpression, Program } from "../../language/parsing/syntax";
import type { MachineState } from "../../machine/run/MachineState";
import type { SessionRuns } from "../runs/SessionRuns";
import { nameExpressionsOf } from "../../language/services/statementNames";
import { statementsBetween } from "../../language/parsing/statementsByLine";
import { symbolsOf } from "../../language/services/symbols";
import { rangeOf } from "../host/positions";
import { namedProgram } from "../language/programs";
import { readSettings } from "../host/settings";

/**
 * Shows at the ends of lines what the handles and loop variables in them are, as of the stopped step: an address or a
 * number and no more, so that the lines stay readable. Hovers and the Variables view show the rest.
 */
export class InlineValuesProvider implements vscode.InlineValuesProvider {
  constructor(private readonly live: SessionRuns) {}

  async provideInlineValues(
    document: vscode.TextDocument,
    viewPort: vscode.Range,
    context: vscode.InlineValueContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineValue[]> {
    const program = await namedProgram(document, token);
    const stop = this.live.of(document.uri);
    if (program === undefined || stop === undefined || !readSettings(document).inlineValuesEnabled) return [];
    const lastLine = Math.min(viewPort.end.line, context.stoppedLocation.end.line);
    return stop.run.at(stop.position, ({ state }) => valuesOf(state, program, viewPort.start.line, lastLine));
  }
}

function valuesOf(state: MachineState, program: Program, firstLine: number, lastLine: number): vscode.InlineValue[] {
  const symbols = symbolsOf(program);
  const values: vscode.InlineValue[] = [];
  for (const { line, statement } of statementsBetween(program, firstLine, lastLine)) {
    const shown = new Set<string>();
    for (const node of nameExpressionsOf(statement)) {
      const { name, span } = node;
      const kind = symbols.get(name)?.kind;
      if (kind !== "handle" && kind !== "variable") continue;
      const expression = program.lines[line]?.slice(span.start, span.end);
      if (expression === undefined || shown.has(expression)) continue;
      shown.add(expression);
      const value = shortValue(state, node, kind === "handle");
      if (value === undefined) continue;
      values.push(new vscode.InlineValueText(rangeOf(line, span.start, span.end), `${expression} = ${value}`));
    }
  }
  return values;
}

/** `0x10020`, `0x10020 (freed)`, or a loop variable's number; undefined for a name without a value at this step. */
function shortValue(state: MachineState, node: NameExpression, isHandle: boolean): string | undefined {
  const evaluated = state.evaluate(node);
  if ("error" in evaluated) return undefined;
  const value = Number(evaluated.value);
  if (!isHandle || !Number.isSafeInteger(value) || value < 0) return String(evaluated.value);
  const index = node.index === null ? undefined : state.evaluate(node.index);
  const key = index !== undefined && "value" in index ? `${node.name}[${index.value}]` : node.name;
  const bound = state.handle(key);
  // A handle that was bound to a plain number is a number to its reader.
  const allocation = bound?.allocation ?? null;
  if (allocation === null) return String(value);
  return allocation.freed === null ? toHex(value) : `${toHex(value)} (freed)`;
}
