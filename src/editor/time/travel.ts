import * as vscode from "vscode";
import { happeningKinds, type HappeningKind } from "../../machine/life/happenings";
import { lifeSelector } from "../../machine/life/LifeSelector";
import { Nearest, type Direction } from "../../machine/life/Nearest";
import { parseQuery } from "../../machine/life/parseQuery";
import { QuerySelector } from "../../machine/life/QuerySelector";
import type { Selector } from "../../machine/life/Scan";
import type { MachineState } from "../../machine/contract";
import { commandIds } from "../ids";
import { log, reasonOf } from "../log";
import { chosenSubject } from "./chosenSubject";
import { destinationOf } from "./historyTree";
import type { Moment, Moments } from "./Moments";
import { scanRun, scanTitle } from "./scan";

/** Commands that travel through the run. Each returns the step where it led, undefined when it led nowhere. */
export function registerTravel(moments: Moments): vscode.Disposable {
  const travel = (id: string, go: (moment: Moment, argument: unknown) => Promise<number | undefined>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      const moment = moments.now();
      if (moment === undefined) return void tellNoRun();
      try {
        return await go(moment, argument);
      } catch (error) {
        // A session that ends under way answers no more.
        log().warn(`Travelling failed: ${reasonOf(error)}`);
        return undefined;
      }
    });

  const toNearest = async (
    moment: Moment,
    direction: Direction,
    select: (state: MachineState) => Selector,
    kinds: readonly HappeningKind[] | null,
  ): Promise<number | undefined> => {
    const isFurther = direction === "back" && moments.isArrival(moment);
    const start = moment.position - (isFurther ? 1 : 0);
    let nearest: Nearest | undefined;
    const wanted = kinds === null ? null : new Set(kinds);
    const scan = await scanRun(moment, scanTitle(), (state) => (nearest = new Nearest(select(state), direction, start, wanted)));
    if (scan === undefined) return undefined;
    const found = nearest?.found ?? null;
    if (found === null) {
      const nothing =
        direction === "back"
          ? vscode.l10n.t("There is no such event before this moment.")
          : vscode.l10n.t("There is no such event after this moment.");
      void vscode.window.showInformationMessage(nearest?.note ?? nothing);
      return undefined;
    }
    await moments.travelTo(destinationOf(moment.uri, found));
    return found.happening.step;
  };

  const inLife = (id: string, direction: Direction, kind: HappeningKind): vscode.Disposable =>
    travel(id, async (moment, argument) => {
      const subject = chosenSubject(argument, moment.history.state);
      if (subject !== undefined) return toNearest(moment, direction, () => lifeSelector(subject), [kind]);
      void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor on a handle or an address first."));
      return undefined;
    });

  const ofKind = (id: string, direction: Direction): vscode.Disposable =>
    travel(id, async (moment, argument) => {
      const text = typeof argument === "string" ? argument : await chooseKind(direction);
      const query = text === undefined ? undefined : parseQuery(text);
      if (query?.kind !== "query") return undefined;
      return toNearest(moment, direction, (state) => new QuerySelector(query, state), null);
    });

  return vscode.Disposable.from(
    inLife(commandIds.backToWrite, "back", "write"),
    inLife(commandIds.backToAllocation, "back", "allocation"),
    inLife(commandIds.backToMove, "back", "move"),
    inLife(commandIds.forwardToFree, "forward", "free"),
    ofKind(commandIds.runToNextEvent, "forward"),
    ofKind(commandIds.backToPreviousEvent, "back"),
    travel(commandIds.runToEnd, (moment) => toStep(moments, moment, "end")),
    travel(commandIds.backToStart, (moment) => toStep(moments, moment, 0)),
    travel(commandIds.goToStep, async (moment, argument) => {
      const step = typeof argument === "number" ? argument : await chooseStep(moment);
      return step === undefined ? undefined : toStep(moments, moment, step);
    }),
  );
}

async function toStep(moments: Moments, moment: Moment, step: number | "end"): Promise<number | undefined> {
  await moments.travelToStep(moment, step);
  return moments.now()?.position;
}

async function chooseKind(direction: Direction): Promise<string | undefined> {
  const items = Object.entries(happeningKinds).map(([kind, query]) => ({ label: kind, description: query, query }));
  const back = vscode.l10n.t("Back to the Previous Event");
  const picked = await vscode.window.showQuickPick(items, {
    title: direction === "back" ? back : vscode.l10n.t("Run to the Next Event"),
    placeHolder: vscode.l10n.t("Kind of event"),
  });
  return picked?.query;
}

async function chooseStep({ position, history }: Moment): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Go to Step"),
    prompt: vscode.l10n.t("Steps executed, from 0; {0} are known so far", history.reached),
    value: String(position),
    validateInput: (value) =>
      /^\d{1,9}$/.test(value.trim()) ? undefined : vscode.l10n.t("A step is a whole number from 0."),
  });
  return text === undefined ? undefined : Number(text);
}

export function tellNoRun(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("There is no run to ask: open a .memscript file, or stop the debugger at a line."),
  );
}
