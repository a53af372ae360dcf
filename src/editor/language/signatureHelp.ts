import * as vscode from "vscode";
import { completionAt, isChoosing } from "../../language/services/completion";
import { renderHint } from "../../language/services/signature";

/** Shows the statement being written, with what the operand or option that comes next means. */
export class SignatureHelpProvider implements vscode.SignatureHelpProvider {
  provideSignatureHelp(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerKind, isRetrigger }: vscode.SignatureHelpContext,
  ): vscode.SignatureHelp | undefined {
    const context = completionAt(document.lineAt(position.line).text, position.character);
    const { verb, parameter } = context;
    if (verb === null) return undefined;
    // Where suggestions come up by themselves, a second box would lie on top of them.
    const isTyped = triggerKind === vscode.SignatureHelpTriggerKind.TriggerCharacter || isRetrigger;
    if (isTyped && isChoosing(context)) return undefined;
    const help = new vscode.SignatureHelp();
    const hints = verb.patterns.map((_, pattern) => renderHint(verb, pattern, parameter));
    help.signatures = hints.map(({ label, parameters }) => {
      const information = new vscode.SignatureInformation(label);
      information.parameters = parameters.map(
        ({ start, end, doc }) => new vscode.ParameterInformation([start, end], new vscode.MarkdownString(doc)),
      );
      return information;
    });
    help.activeSignature = Math.max(0, context.pattern);
    const parameters = hints[help.activeSignature]?.parameters ?? [];
    const active = parameters.findIndex(({ name }) => name === parameter);
    // Past the last parameter nothing is emphasised.
    help.activeParameter = active === -1 ? parameters.length : active;
    return help;
  }
}
