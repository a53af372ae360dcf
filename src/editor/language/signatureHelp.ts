import * as vscode from "vscode";
import { completionAt } from "../../language/services/completion";
import { renderSignature } from "../../language/services/signature";

/** Shows the pattern of the statement being written, with the operand or option that comes next. */
export class SignatureHelpProvider implements vscode.SignatureHelpProvider {
  provideSignatureHelp(document: vscode.TextDocument, position: vscode.Position): vscode.SignatureHelp | undefined {
    const context = completionAt(document.lineAt(position.line).text, position.character);
    const { verb } = context;
    if (verb === null) return undefined;
    const help = new vscode.SignatureHelp();
    help.signatures = verb.patterns.map((_, pattern) => {
      const signature = renderSignature(verb, pattern);
      const information = new vscode.SignatureInformation(signature.label, new vscode.MarkdownString(verb.doc));
      information.parameters = signature.parameters.map(
        ({ start, end, doc }) => new vscode.ParameterInformation([start, end], new vscode.MarkdownString(doc)),
      );
      return information;
    });
    help.activeSignature = Math.max(0, context.pattern);
    const { parameters } = renderSignature(verb, help.activeSignature);
    const active = parameters.findIndex(({ name }) => name === context.parameter);
    // Past the last parameter nothing is emphasised.
    help.activeParameter = active === -1 ? parameters.length : active;
    return help;
  }
}
