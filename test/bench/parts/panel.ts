import { printNote, printTable, showNumber, type Target } from "../report";
import { spread, type Spread } from "../statistics";
import { runWorker } from "../workerProcess";
import type { PanelFigures } from "../workers/panel";
import type { BenchPart } from "./contract";

type View = PanelFigures["views"][number];

/** The Memory Inspector over a long run, each of its views in a browser. */
export const panelPart: BenchPart = {
  name: "panel",
  title: "Memory Inspector",
  about: "the Memory Inspector in Chromium: first paint, scrubbing, bytes of its messages, memory",
  run({ isQuick }): Target[] {
    printNote(
      "A page of 1,200 x 900 pixels, its scrubber dragged here and there. `alone`: the page is given messages made before;\n" +
        "`whole`: machine, message and page together. `page ms`: processor time of the page's main thread for one of them.",
    );
    const milliseconds = isQuick ? "500" : "4000";
    const blocks = runWorker("panel", ["blocks", isQuick ? "5000" : "100000", milliseconds]) as PanelFigures;
    const steps = runWorker("panel", ["steps", isQuick ? "20000" : "1000000", milliseconds]) as PanelFigures;
    printViews(isQuick ? "5,000 live blocks" : "100,000 live blocks", blocks);
    printViews(isQuick ? "20,000 steps" : "1,000,000 steps", steps);
    const views = [...blocks.views, ...steps.views];
    const most = (of: (view: View) => number): Spread => one(Math.max(...views.map(of)));
    const least = (of: (view: View) => number): Spread => one(Math.min(...views.map(of)));
    return [
      {
        what: "first paint, slowest view",
        sense: "at most",
        bound: 300,
        unit: "ms",
        measured: most((view) => view.firstPaint),
      },
      {
        what: "frames a second of the page alone, slowest view",
        sense: "at least",
        bound: 30,
        unit: "",
        measured: least((view) => view.framesAlone),
      },
      {
        what: "frames a second, machine and all, slowest view",
        sense: "at least",
        bound: 30,
        unit: "",
        measured: least((view) => view.frames),
      },
      {
        what: "memory of the page's process, most of all views",
        sense: "at most",
        bound: 200,
        unit: "MB",
        measured: most((view) => view.process ?? view.heap),
      },
    ];
  },
};

const one = (number: number): Spread => spread([number]);

function printViews(what: string, { steps, views }: PanelFigures): void {
  printNote(`\n${what}, a run of ${steps.toLocaleString("en-US")} steps:`);
  printTable(
    [
      "view",
      "first paint ms",
      "its kB",
      "kB a step",
      "seek ms",
      "message ms",
      "page ms",
      "alone /s",
      "whole /s",
      "JS MB",
      "MB",
    ],
    views.map((view) => [
      view.view,
      showNumber(view.firstPaint),
      showNumber(view.firstBytes / 1000),
      showNumber(view.stepBytes / 1000),
      showNumber(view.seek),
      showNumber(view.build),
      showNumber(view.pageMilliseconds),
      showNumber(view.framesAlone),
      showNumber(view.frames),
      showNumber(view.heap),
      view.process === null ? "-" : showNumber(view.process),
    ]),
  );
}
