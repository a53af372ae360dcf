import * as vscode from "vscode";
import { api, type RunOptions } from "./api";
import { toolNames } from "./host/ids";
import { uriOfProgram } from "./debugging/programUri";

interface ScriptInput {
  readonly script: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly steps?: number;
}

/** Lets language models run scripts, explain problems and translate addresses, by the same interface as extensions. */
export function registerTools(): vscode.Disposable {
  const { lm } = vscode;
  return vscode.Disposable.from(
    lm.registerTool<ScriptInput>(toolNames.run, {
      async invoke({ input }, token) {
        const { description, end, finished } = await api.run(scriptOf(input), optionsOf(input, token));
        const problems = JSON.stringify(end);
        return answer([description, finished ? "" : vscode.l10n.t("The run did not come to its end."), problems]);
      },
      prepareInvocation: () => ({ invocationMessage: vscode.l10n.t("Running a memory script") }),
    }),
    lm.registerTool<{ readonly id: string }>(toolNames.explainProblem, {
      async invoke({ input: { id } }) {
        const found = await api.explainProblem(id);
        if (found === undefined) return answer([vscode.l10n.t("There is no problem with the id {0}.", id)]);
        const { title, severity, explanation, advice, example } = found;
        return answer([`${title} (${severity})`, explanation, advice, example]);
      },
    }),
    lm.registerTool<ScriptInput & { readonly address: string }>(toolNames.translate, {
      async invoke({ input }, token) {
        const address = Number(input.address);
        if (!Number.isSafeInteger(address) || address < 0) {
          return answer([vscode.l10n.t("{0} is no address: write it like 4100 or 0x1004.", input.address)]);
        }
        return answer(await api.translate(scriptOf(input), address, optionsOf(input, token)));
      },
    }),
  );
}

/** A single line that looks like a place is one; anything else is the script itself. */
function scriptOf({ script }: ScriptInput): string | vscode.Uri {
  return /^\S.*\.memscript$/.test(script.trim()) && !script.includes("\n") ? uriOfProgram(script.trim()) : script;
}

function optionsOf({ set, steps }: ScriptInput, token: vscode.CancellationToken): RunOptions {
  return { token, ...(set === undefined ? {} : { set }), ...(steps === undefined ? {} : { steps }) };
}

function answer(parts: readonly string[]): vscode.LanguageModelToolResult {
  const text = parts.filter((part) => part !== "").join("\n\n");
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
