import type { SeriesView, Snapshot } from "../src/inspector/model";
import type { HostMessage } from "../src/inspector/protocol";
import { noSeries } from "../src/inspector/series";
import { Connection } from "./connection";
import { Panel } from "./Panel";
import "./inspector.css";

let panel: Panel | null = null;
/** Snapshots may come faster than the screen: only the newest one is drawn in a frame. */
let waiting: Snapshot | null = null;
/** The series sent last: it comes again only when it has changed. */
let series: SeriesView = noSeries;

const connection = new Connection((message) => receive(message));

function receive(message: HostMessage): void {
  switch (message.kind) {
    case "strings":
      panel?.dispose();
      panel = new Panel(document.getElementById("panel")!, message.strings, connection);
      break;
    case "snapshot":
      if (waiting === null) requestAnimationFrame(draw);
      series = message.snapshot.series ?? series;
      waiting = { ...message.snapshot, series };
      break;
    case "empty":
      waiting = null;
      panel?.showEmpty();
      break;
    case "comparison":
      panel?.compare(message.comparison, message.isNew);
      break;
    case "focus":
      draw();
      panel?.focus(message.target);
      break;
    case "answer":
    case "failure":
      // The position on the screen decides whether an answer is still of use.
      draw();
      panel?.answered(message);
      break;
  }
}

function draw(): void {
  const snapshot = waiting;
  waiting = null;
  if (snapshot !== null) panel?.update(snapshot);
}

connection.post({ kind: "ready" });
