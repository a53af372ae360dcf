import * as vscode from "vscode";
import { memoryEventWords, type MemoryEventKind } from "../../machine/events/memoryEvents";
import { lifeSelector } from "../../machine/events/LifeSelector";
import { Nearest, type Direction } from "../../machine/events/Nearest";
import { QuerySelector } from "../../machine/events/QuerySelector";
import type { EventSelector } from "../../machine/events/EventSearch";
import type { MachineState } from "../../machine/run/MachineState";
import { numberText } from "../host/numbers";
import { readQuestion } from "./askBox";
import { chosenSubject } from "./chosenSubject";
import { destinationOf } from "./destination";
import { plain, scriptOf } from "./historyRoot";
import type { Moment } from "../runs/Run";
import type { Traveller } from "./Traveller";
import { scanRun } from "./scan";

type TravelCommand =
  | "backToWrite"
  | "backToAllocation"
  | "backToMove"
  | "forwardToFree"
  | "runToNextEvent"
  | "backToPreviousEvent"
  | "runToEnd"
  | "backToStart"
  | "goToStep";

/** Where a command led: a step, or undefined when it led nowhere. */
type Travel = (argument: unknown) => Promise<number | undefined>;

/** Commands that travel through the run. */
export function travelCommands(traveller: Traveller): Readonly<Record<TravelCommand, Travel>> {
  const travel =
    (go: (moment: Moment, argument: unknown) => Promise<number | undefined>): Travel =>
    async (argument) => {
      const moment = traveller.nowOrNotice();
      return moment === undefined ? undefined : go(moment, argument);
    };

  const toNearest = async (
    moment: Moment,
    direction: Direction,
    select: (state: MachineState) => EventSelector,
    kinds: readonly MemoryEventKind[] | null,
    nothing: string,
  ): Promise<number | undefined> => {
    const isFurther = direction === "back" && traveller.isArrival(moment);
    const start = moment.position - (isFurther ? 1 : 0);
    let nearest: Nearest | undefined;
    const wanted = kinds === null ? null : new Set(kinds);
    const scan = await scanRun(moment, (state) => (nearest = new Nearest(select(state), direction, start, wanted)));
    if (scan === undefined) return undefined;
    const found = nearest?.found ?? null;
    if (found === null) {
      void vscode.window.showInformationMessage(nearest?.note ?? nothing);
      return undefined;
    }
    await traveller.travelTo(destinationOf(scriptOf(moment), found));
    return found.event.step;
  };

  const inLife = (direction: Direction, kind: MemoryEventKind): Travel =>
    travel(async (moment, argument) => {
      const chosen = chosenSubject(argument, moment);
      if (chosen !== undefined) {
        const nothing = nothingInLife(direction, kind, plain(chosen.title));
        return toNearest(moment, direction, () => lifeSelector(chosen.subject), [kind], nothing);
      }
      void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor on a handle or an address first."));
      return undefined;
    });

  const ofKind = (direction: Direction): Travel =>
    travel(async (moment, argument) => {
      const text = typeof argument === "string" ? argument : await chooseKind(direction);
      const query = text === undefined ? undefined : readQuestion(text);
      if (text === undefined || query === undefined) return undefined;
      const nothing = nothingToQuestion(direction, text);
      return toNearest(moment, direction, (state) => new QuerySelector(query, state), null, nothing);
    });

  return {
    backToWrite: inLife("back", "write"),
    backToAllocation: inLife("back", "allocation"),
    backToMove: inLife("back", "move"),
    forwardToFree: inLife("forward", "free"),
    runToNextEvent: ofKind("forward"),
    backToPreviousEvent: ofKind("back"),
    runToEnd: travel((moment) => toStep(traveller, moment, "end")),
    backToStart: travel((moment) => toStep(traveller, moment, 0)),
    goToStep: travel(async (moment, argument) => {
      const step = typeof argument === "number" ? argument : await chooseStep(moment);
      return step === undefined ? undefined : toStep(traveller, moment, step);
    }),
  };
}

function nothingInLife(direction: Direction, kind: MemoryEventKind, title: string): string {
  return direction === "back"
    ? vscode.l10n.t('There is no {0} before this moment in the life of "{1}".', kind, title)
    : vscode.l10n.t('There is no {0} after this moment in the life of "{1}".', kind, title);
}

function nothingToQuestion(direction: Direction, question: string): string {
  return direction === "back"
    ? vscode.l10n.t('Nothing before this moment is an answer to "{0}".', question)
    : vscode.l10n.t('Nothing after this moment is an answer to "{0}".', question);
}

async function toStep(traveller: Traveller, moment: Moment, step: number | "end"): Promise<number | undefined> {
  await traveller.travelToStep(moment, step);
  return traveller.now()?.position;
}

async function chooseKind(direction: Direction): Promise<string | undefined> {
  const items = Object.entries(memoryEventWords).map(([kind, query]) => ({ label: kind, description: query, query }));
  const back = vscode.l10n.t("Back to the Previous Event");
  const picked = await vscode.window.showQuickPick(items, {
    title: direction === "back" ? back : vscode.l10n.t("Run to the Next Event"),
    placeHolder: vscode.l10n.t("Kind of event"),
  });
  return picked?.query;
}

async function chooseStep({ position, run }: Moment): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Go to Step"),
    prompt: vscode.l10n.t("Steps executed, from 0; {0} are known so far", numberText(run.reached)),
    value: String(position),
    validateInput: (value) =>
      /^\d{1,9}$/.test(value.trim()) ? undefined : vscode.l10n.t("A step is a whole number from 0."),
  });
  return text === undefined ? undefined : Number(text);
}
