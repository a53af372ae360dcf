import * as vscode from "vscode";
import { lifeSelector } from "../../machine/life/LifeSelector";
import { subjectTitle } from "../../machine/life/lifeSubject";
import { parseQuery } from "../../machine/life/parseQuery";
import { QuerySelector } from "../../machine/life/QuerySelector";
import { commandIds, viewIds } from "../ids";
import { askForQuestion } from "./askBox";
import { chosenSubject } from "./chosenSubject";
import { HistoryTree, historyText, type HistoryNode, type HistoryRoot } from "./historyTree";
import type { Destination, Moment, Moments } from "./Moments";
import { scanRun, scanTitle } from "./scan";
import { tellNoRun } from "./travel";

/** The History view: lives of subjects and answers to questions. Commands return the root that they show. */
export function registerHistoryView(moments: Moments, memento: vscode.Memento): vscode.Disposable {
  const tree = new HistoryTree();
  const view = vscode.window.createTreeView<HistoryNode>(viewIds.history, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });

  const show = async (root: HistoryRoot | undefined): Promise<HistoryRoot | undefined> => {
    if (root === undefined) return undefined;
    tree.add(root);
    await vscode.commands.executeCommand(`${viewIds.history}.focus`);
    return root;
  };

  const showHistory = async (argument: unknown): Promise<HistoryRoot | undefined> => {
    const moment = moments.now();
    if (moment === undefined) return void tellNoRun();
    return show(await lifeRoot(moment, argument));
  };

  const ask = async (question: unknown): Promise<HistoryRoot | undefined> => {
    const text = typeof question === "string" ? question : await askForQuestion(memento);
    if (text === undefined) return undefined;
    const moment = moments.now();
    if (moment === undefined) return void tellNoRun();
    return show(await queryRoot(moment, text));
  };

  const refresh = async (): Promise<void> => {
    const moment = moments.now();
    if (moment === undefined) return void tellNoRun();
    const roots: HistoryRoot[] = [];
    for (const root of tree.roots) {
      const isHere = root.uri.toString() === moment.uri.toString();
      const { question } = root;
      const again = !isHere
        ? undefined
        : question.kind === "query"
          ? await queryRoot(moment, question.text)
          : await lifeRoot(moment, question.argument);
      roots.push(again ?? root);
    }
    tree.replace(roots);
  };

  const copy = async (node: unknown): Promise<void> => {
    const chosen = tree.roots.find((root) => root === node);
    await vscode.env.clipboard.writeText(historyText(chosen === undefined ? tree.roots : [chosen]));
    vscode.window.setStatusBarMessage(vscode.l10n.t("The history is on the clipboard."), 3000);
  };

  const register = (id: string, run: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(id, run);
  return vscode.Disposable.from(
    tree,
    view,
    register(commandIds.showHistory, showHistory),
    register(commandIds.askHistory, ask),
    register(commandIds.refreshHistory, refresh),
    register(commandIds.clearHistory, () => tree.replace([])),
    register(commandIds.copyHistory, copy),
    register(commandIds.travelToEvent, (destination) => moments.travelTo(destination as Destination)),
  );
}

async function lifeRoot(moment: Moment, argument: unknown): Promise<HistoryRoot | undefined> {
  const { state } = moment.history;
  const subject = chosenSubject(argument, state);
  if (subject === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Put the cursor on a handle or an address, or choose a block, a page or a variable."),
    );
    return undefined;
  }
  const title = subjectTitle(subject, state).replaceAll("`", "");
  const scan = await scanRun(moment, scanTitle(), () => lifeSelector(subject));
  if (scan === undefined) return undefined;
  const question = { kind: "life", argument } as const;
  return { kind: "root", uri: moment.uri, title, question, events: scan.found, hasMore: scan.hasMore, note: scan.note };
}

async function queryRoot(moment: Moment, text: string): Promise<HistoryRoot | undefined> {
  const query = parseQuery(text);
  if (query.kind === "failure") {
    const where = vscode.l10n.t("column {0}: {1}", query.span.start + 1, query.message);
    void vscode.window.showErrorMessage(where);
    return undefined;
  }
  const scan = await scanRun(moment, scanTitle(), (state) => new QuerySelector(query, state));
  if (scan === undefined) return undefined;
  const question = { kind: "query", text } as const;
  return { kind: "root", uri: moment.uri, title: text, question, events: scan.found, hasMore: scan.hasMore, note: scan.note };
}
