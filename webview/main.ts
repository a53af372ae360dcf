import { applyDelta } from "../src/inspector/delta";
import type { PanelSnapshot } from "../src/inspector/model";
import type { HostMessage } from "../src/inspector/protocol";
import { Connection } from "./connection";
import { Panel } from "./Panel";
import "./inspector.css";

let panel: Panel | null = null;
/** The newest snapshot, to which changes are relative; null without a run. */
let snapshot: PanelSnapshot | null = null;
/** Snapshots may come faster than the screen: only the newest one is drawn in a frame. */
let isWaiting = false;
let isFrameDue = false;

/** Steps chase each other when they come within this time, in milliseconds; then what was put off waits for a lull. */
const chase = 100;
const lull = 60;
let drawnAt = -Infinity;
let isChased = false;

const connection = new Connection((message) => receive(message));

function receive(message: HostMessage): void {
  switch (message.kind) {
    case "strings":
      panel?.dispose();
      snapshot = null;
      isWaiting = false;
      panel = new Panel(document.getElementById("panel")!, message.strings, connection, askForFrame);
      break;
    case "snapshot":
      drawSoon(message.snapshot);
      break;
    case "change":
      // A change of what this page never had: ask for everything again.
      if (snapshot === null) connection.post({ kind: "ready" });
      else drawSoon(applyDelta(snapshot, message.delta) as PanelSnapshot);
      break;
    case "empty":
      snapshot = null;
      isWaiting = false;
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

function drawSoon(next: PanelSnapshot): void {
  snapshot = next;
  isWaiting = true;
  askForFrame();
}

function askForFrame(): void {
  if (!isFrameDue) requestAnimationFrame(frame);
  isFrameDue = true;
}

/** A new step goes before what was put off. */
function frame(): void {
  isFrameDue = false;
  if (isWaiting) draw();
  else if (!isChased || performance.now() - drawnAt >= lull) panel?.settle();
  if (panel?.isSettled === false) askForFrame();
}

function draw(): void {
  if (!isWaiting || snapshot === null) return;
  isWaiting = false;
  const now = performance.now();
  isChased = now - drawnAt < chase;
  drawnAt = now;
  panel?.update(snapshot);
}

connection.post({ kind: "ready" });
