import * as vscode from "vscode";
import { namesIn } from "./names";
import { symbolsOf } from "../language/symbols";
import { rangeOf } from "./positions";
import { programOf } from "./programs";
import { readSettings } from "./settings";

/** Shows at the ends of lines what the handles and loop variables in them are, as of the stopped step. */
export class InlineValuesProvider implements vscode.InlineValuesProvider {
  provideInlineValues(
    document: vscode.TextDocument,
    viewPort: vscode.Range,
    context: vscode.InlineValueContext,
  ): vscode.InlineValue[] {
    if (!readSettings(document).inlineValuesEnabled) return [];
    const program = programOf(document);
    const { statements, symbols } = symbolsOf(program);
    const values: vscode.InlineValue[] = [];
    const lastLine = Math.min(viewPort.end.line, context.stoppedLocation.end.line);
    for (let line = viewPort.start.line; line <= lastLine; line++) {
      const statement = statements.get(line);
      if (statement === undefined) continue;
      const shown = new Set<string>();
      const names = statement.target === null ? namesIn(statement) : [statement.target, ...namesIn(statement)];
      for (const { name, span } of names) {
        const kind = symbols.get(name)?.kind;
        if (kind !== "handle" && kind !== "variable") continue;
        const expression = program.lines[line].slice(span.start, span.end);
        if (shown.has(expression)) continue;
        shown.add(expression);
        values.push(new vscode.InlineValueEvaluatableExpression(rangeOf(line, span.start, span.end), expression));
      }
    }
    return values;
  }
}
