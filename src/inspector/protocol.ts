import { isCompareView, type CompareView } from "./compareView";
import type { Delta } from "./delta";
import type { PanelSnapshot } from "./model";
import { hasParts, isSnapshotPart, type SnapshotPart } from "./parts";
import type { ViewQuery } from "./queries/table";
import { isAddress, isSelection, type Selection } from "./selection";
import type { InspectorStrings } from "./strings";

/** Both sides send it with every message; a side that hears another number ignores the message and logs it. */
export const protocolVersion = 4;

/** What the panel may be asked to bring into view. */
export type FocusTarget =
  | { readonly kind: "address"; readonly address: string }
  /** 0-based line: its newest block. */
  | { readonly kind: "line"; readonly line: number };

/** From the extension host to the panel. `strings` answers `ready` and comes before anything else. */
export type HostMessage =
  | { readonly kind: "strings"; readonly strings: InspectorStrings }
  | { readonly kind: "snapshot"; readonly snapshot: PanelSnapshot }
  /** How the next snapshot follows from the one sent last. */
  | { readonly kind: "change"; readonly delta: Delta }
  /** No run to show: the panel explains how to start one. */
  | { readonly kind: "empty" }
  /** The policies that were compared last, null for none any more; `isNew` brings them into view. */
  | { readonly kind: "comparison"; readonly comparison: CompareView | null; readonly isNew: boolean }
  | { readonly kind: "focus"; readonly target: FocusTarget }
  /** To the request with this id: what its query's kind promises, as of `position`. */
  | { readonly kind: "answer"; readonly id: number; readonly position: number; readonly result: unknown }
  /** The request with this id has no answer; a sentence for the log. */
  | { readonly kind: "failure"; readonly id: number; readonly reason: string };

export interface SavedFormat {
  /** Of the file's name, without the dot. */
  readonly ending: string;
  readonly data: Uint8Array;
}

/** From the panel to the extension host. */
export type ViewMessage =
  /** The page is up; answer with `strings`, then `snapshot` or `empty`. Comes again after the page was hidden. */
  | { readonly kind: "ready" }
  | { readonly kind: "travel"; readonly step: number }
  | { readonly kind: "stepForward" }
  | { readonly kind: "stepBack" }
  /** To the next breakpoint or the end. */
  | { readonly kind: "run" }
  /** To the previous breakpoint or the start. */
  | { readonly kind: "runBack" }
  | { readonly kind: "pause" }
  /** 0-based. */
  | { readonly kind: "revealLine"; readonly line: number }
  /** What all views have selected now, null for nothing; the host shows its line and the walk of its address. */
  | { readonly kind: "select"; readonly selection: Selection | null }
  /** The parts of a snapshot that are on the screen: only these are worth sending. */
  | { readonly kind: "showing"; readonly parts: readonly SnapshotPart[] }
  /** Answered by `answer` or `failure` with the same id. */
  | { readonly kind: "request"; readonly id: number; readonly query: ViewQuery }
  /** A table or picture that the user wants as a file; the host asks where, and in which of the formats. */
  | { readonly kind: "save"; readonly name: string; readonly files: readonly SavedFormat[] }
  /** Change one byte of the session's memory, as by hand; `value` is 0 to 255. */
  | { readonly kind: "editByte"; readonly address: string; readonly value: number }
  /** Show this part of a heap in detail from now on; half-open, in bytes from its start. */
  | { readonly kind: "detail"; readonly heap: string; readonly from: number; readonly to: number }
  /** Show page-table rows from this index on. */
  | { readonly kind: "pageWindow"; readonly first: number }
  /** Show the pages of this process; null: of the one that runs. */
  | { readonly kind: "showProcess"; readonly name: string | null }
  /** Save the rows of a region as a page. */
  | { readonly kind: "saveRows"; readonly region: string | null }
  /** 0-based line of the script or trace whose policies were compared. */
  | { readonly kind: "revealCompared"; readonly line: number }
  | { readonly kind: "compareAgain" }
  /** To the clipboard, as comma-separated values. */
  | { readonly kind: "copyComparison" }
  | { readonly kind: "closeComparison" }
  /** The buttons of the empty panel. */
  | { readonly kind: "openExample" }
  /** One page about the whole run. */
  | { readonly kind: "exportReport" }
  | { readonly kind: "runFile" };

export type Wire<Message> = Message & { readonly version: number };

/** What a guard makes of something received: a message, or a sentence for the log. */
export type Received<Message> =
  { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly reason: string };

export function toWire<Message extends HostMessage | ViewMessage>(message: Message): Wire<Message> {
  return { ...message, version: protocolVersion };
}

/** Bytes of one saved file at most. */
const largestFile = 64 * 1024 * 1024;

type Check = (fields: Readonly<Record<string, unknown>>) => boolean;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const isOffset = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;
const isFormat = (value: unknown): boolean =>
  isObject(value) &&
  /^[a-z]+$/.test(String(value["ending"])) &&
  value["data"] instanceof Uint8Array &&
  value["data"].length <= largestFile;
const always: Check = () => true;

const hostChecks: Readonly<Record<HostMessage["kind"], Check>> = {
  strings: ({ strings }) => isObject(strings),
  snapshot: ({ snapshot }) => isSnapshot(snapshot),
  change: ({ delta }) => isObject(delta),
  empty: always,
  comparison: ({ comparison, isNew }) =>
    (comparison === null || isCompareView(comparison)) && typeof isNew === "boolean",
  focus: ({ target }) =>
    isObject(target) &&
    ((target["kind"] === "address" && isAddress(target["address"])) ||
      (target["kind"] === "line" && isCount(target["line"]))),
  answer: ({ id, position }) => isCount(id) && isCount(position),
  failure: ({ id, reason }) => isCount(id) && typeof reason === "string",
};

const viewChecks: Readonly<Record<ViewMessage["kind"], Check>> = {
  ready: always,
  travel: ({ step }) => isCount(step),
  stepForward: always,
  stepBack: always,
  run: always,
  runBack: always,
  pause: always,
  revealLine: ({ line }) => isCount(line),
  select: ({ selection }) => selection === null || isSelection(selection),
  showing: ({ parts }) => Array.isArray(parts) && parts.every(isSnapshotPart),
  // The table of queries looks at the rest.
  request: ({ id, query }) => isCount(id) && isObject(query),
  save: ({ name, files }) =>
    typeof name === "string" && Array.isArray(files) && files.length > 0 && files.every(isFormat),
  editByte: ({ address, value }) => isAddress(address) && isCount(value) && Number(value) < 256,
  detail: ({ heap, from, to }) => typeof heap === "string" && isOffset(from) && isOffset(to) && from! < to!,
  pageWindow: ({ first }) => isCount(first),
  showProcess: ({ name }) => name === null || typeof name === "string",
  saveRows: ({ region }) => region === null || typeof region === "string",
  revealCompared: ({ line }) => isCount(line),
  compareAgain: always,
  copyComparison: always,
  closeComparison: always,
  openExample: always,
  exportReport: always,
  runFile: always,
};

/** The panel's guard. */
export function receiveHostMessage(data: unknown): Received<HostMessage> {
  return receive<HostMessage>(data, hostChecks);
}

/** The extension host's guard. */
export function receiveViewMessage(data: unknown): Received<ViewMessage> {
  return receive<ViewMessage>(data, viewChecks);
}

function receive<Message extends { readonly kind: string }>(
  data: unknown,
  checks: Readonly<Record<string, Check>>,
): Received<Message> {
  if (!isObject(data)) return { ok: false, reason: "Ignored a message that is not an object." };
  const { version, kind } = data;
  if (version !== protocolVersion) {
    return { ok: false, reason: `Ignored a message of protocol version ${String(version)}.` };
  }
  if (typeof kind !== "string" || !Object.hasOwn(checks, kind)) {
    return { ok: false, reason: `Ignored a message of unknown kind ${String(kind)}.` };
  }
  // The check of the kind has looked at every field that the type promises.
  if (checks[kind](data)) return { ok: true, message: data as unknown as Message };
  return { ok: false, reason: `Ignored a malformed message of kind ${kind}.` };
}

/** The host is our own code: the outline is checked, not every block. */
function isSnapshot(value: unknown): boolean {
  return isObject(value) && isObject(value["step"]) && isCount(value["step"]["position"]) && hasParts(value);
}
