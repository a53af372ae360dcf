import * as vscode from "vscode";
import { parseQuery } from "../../machine/events/parseQuery";
import { queryExamples, type Query } from "../../machine/events/query";
import { queryMessage, type QueryFailure } from "../../machine/events/queryMistakes";
import { words } from "../host/words";

const key = "time.questions";
const mostRemembered = 20;

/** Asks for a question: what was asked before and examples to pick from, checked while it is typed. */
export async function askForQuestion(memento: vscode.Memento): Promise<string | undefined> {
  const asked = memento.get<readonly string[]>(key, []);
  const text = await pickQuestion(asked);
  if (text === undefined) return undefined;
  await memento.update(key, [text, ...asked.filter((other) => other !== text)].slice(0, mostRemembered));
  return text;
}

/** Parses a question; for a text that is none, shows where it is wrong. */
export function readQuestion(text: string): Query | undefined {
  const query = parseQuery(text);
  if (query.kind === "query") return query;
  void vscode.window.showErrorMessage(failureText(query));
  return undefined;
}

function failureText(failure: QueryFailure): string {
  const { span } = failure;
  const message = queryMessage(failure, words);
  return vscode.l10n.t("column {0}: {1}", span.start + 1, message);
}

function pickQuestion(asked: readonly string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick();
  const separator = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const known: vscode.QuickPickItem[] = [
    ...(asked.length === 0 ? [] : [separator(vscode.l10n.t("asked before"))]),
    ...asked.map((label) => ({ label })),
    separator(vscode.l10n.t("examples")),
    ...queryExamples.filter((example) => !asked.includes(example)).map((label) => ({ label })),
  ];
  pick.title = vscode.l10n.t("Query History in the Run");
  pick.placeholder = vscode.l10n.t("writes 0x10000..0x10040, allocs > 4KiB, faults vpn 3, problems double-free, …");
  pick.items = known;
  const showTyped = (): void => {
    const text = pick.value.trim();
    if (text === "") {
      pick.items = known;
      return;
    }
    const query = parseQuery(text);
    const detail =
      query.kind === "failure" ? `$(error) ${failureText(query)}` : `$(check) ${vscode.l10n.t("Press Enter to ask")}`;
    pick.items = [{ label: text, detail, alwaysShow: true }, ...known];
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(showTyped);
    pick.onDidAccept(() => {
      const text = pick.activeItems.at(0)?.label ?? pick.value.trim();
      if (parseQuery(text).kind === "failure") return;
      resolve(text);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
