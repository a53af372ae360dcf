import * as vscode from "vscode";
import type { MachineState } from "../../machine/run/MachineState";
import { lifeSelector } from "../../machine/events/LifeSelector";
import { QuerySelector } from "../../machine/events/QuerySelector";
import type { EventSelector } from "../../machine/events/EventSearch";
import { viewIds } from "../host/ids";
import { sameUri } from "../host/uris";
import { askForQuestion, readQuestion } from "./askBox";
import { chosenSubject } from "./chosenSubject";
import { historyText, plain, scriptOf, type HistoryRoot, type Question } from "./historyRoot";
import type { HistoryTree } from "./historyTree";
import type { Destination } from "./destination";
import type { Moment } from "../runs/Run";
import type { Traveller } from "./Traveller";
import { scanRun } from "./scan";

/** Events of one question in the view; a narrower question finds the others. */
const mostShown = 1_000;

type HistoryCommand =
  "showHistory" | "askHistory" | "refreshHistory" | "clearHistory" | "copyHistory" | "travelToEvent";

/** Commands of the History view: lives of subjects and answers to questions. The first two return the root that they show. */
export function historyCommands(
  traveller: Traveller,
  tree: HistoryTree,
  memento: vscode.Memento,
): Readonly<Record<HistoryCommand, (argument: unknown) => unknown>> {
  const show = async (root: HistoryRoot | undefined): Promise<HistoryRoot | undefined> => {
    if (root === undefined) return undefined;
    tree.add(root);
    await vscode.commands.executeCommand(`${viewIds.history}.focus`);
    return root;
  };

  const showHistory = async (argument: unknown): Promise<HistoryRoot | undefined> => {
    const moment = traveller.nowOrNotice();
    if (moment === undefined) return undefined;
    return show(await lifeRoot(moment, argument));
  };

  const askAnything = async (question: unknown): Promise<HistoryRoot | undefined> => {
    const text = typeof question === "string" ? question : await askForQuestion(memento);
    if (text === undefined) return undefined;
    const moment = traveller.nowOrNotice();
    if (moment === undefined) return undefined;
    return show(await queryRoot(moment, text));
  };

  const refresh = async (): Promise<void> => {
    const moment = traveller.nowOrNotice();
    if (moment === undefined) return;
    const roots: HistoryRoot[] = [];
    for (const root of tree.roots) {
      const isHere = sameUri(root.uri, moment.run.uri);
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

  return {
    showHistory,
    askHistory: askAnything,
    refreshHistory: refresh,
    clearHistory: () => tree.replace([]),
    copyHistory: copy,
    travelToEvent: (destination) => traveller.travelTo(destination as Destination),
  };
}

async function lifeRoot(moment: Moment, argument: unknown): Promise<HistoryRoot | undefined> {
  const chosen = chosenSubject(argument, moment);
  if (chosen === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Put the cursor on a handle or an address, or choose a block, a page or a variable."),
    );
    return undefined;
  }
  return ask(moment, plain(chosen.title), { kind: "life", argument }, () => lifeSelector(chosen.subject));
}

async function queryRoot(moment: Moment, text: string): Promise<HistoryRoot | undefined> {
  const query = readQuestion(text);
  if (query === undefined) return undefined;
  return ask(moment, text, { kind: "query", text }, (state) => new QuerySelector(query, state));
}

async function ask(
  moment: Moment,
  title: string,
  question: Question,
  select: (state: MachineState) => EventSelector,
): Promise<HistoryRoot | undefined> {
  const scan = await scanRun(moment, select, mostShown);
  if (scan === undefined) return undefined;
  const { found: events, hasMore, note } = scan;
  return { kind: "root", ...scriptOf(moment), title, question, events, hasMore, note };
}
