import type { commandIds } from "../host/ids";

/** The commands of time travel. */
export const timeCommands = [
  "backToWrite",
  "backToAllocation",
  "backToMove",
  "forwardToFree",
  "runToNextEvent",
  "backToPreviousEvent",
  "runToEnd",
  "backToStart",
  "goToStep",
  "showHistory",
  "askHistory",
  "refreshHistory",
  "clearHistory",
  "copyHistory",
  "travelToEvent",
  "showInInspector",
  "goToAllocation",
  "copyAddress",
] as const satisfies readonly (keyof typeof commandIds)[];
export type TimeCommand = (typeof timeCommands)[number];
