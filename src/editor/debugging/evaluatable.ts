import * as vscode from "vscode";
import { tokenAt } from "../../language/services/queries";
import { nameAt } from "../../language/services/statementNames";
import { rangeOf } from "../host/positions";
import { namedProgram } from "../language/programs";

/** Tells the debugger's hover which expression stands under the mouse: `b[3]` whole, addresses, `main.used`. */
export class EvaluatableProvider implements vscode.EvaluatableExpressionProvider {
  async provideEvaluatableExpression(
    document: vscode.TextDocument,
    position: vscode.Position,
    cancellation: vscode.CancellationToken,
  ): Promise<vscode.EvaluatableExpression | undefined> {
    const program = await namedProgram(document, cancellation);
    const token = program && tokenAt(program, position.line, position.character);
    if (program === undefined || token === undefined) return undefined;
    const { span, statement, text } = token;
    if (token.kind === "number")
      return new vscode.EvaluatableExpression(rangeOf(position.line, span.start, span.end), text);
    if (token.kind !== "handle" && token.kind !== "variable" && token.kind !== "name") return undefined;
    const name = statement === null ? undefined : nameAt(statement, position.character);
    const whole = name?.span ?? span;
    const expression = program.lines[position.line]?.slice(whole.start, whole.end);
    return new vscode.EvaluatableExpression(rangeOf(position.line, whole.start, whole.end), expression);
  }
}
