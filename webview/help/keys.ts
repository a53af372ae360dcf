import type { InspectorStrings } from "../../src/inspector/strings";

/** A key, or several that belong together, and the text that says what they do. */
export interface Key {
  readonly key: string;
  readonly text: keyof InspectorStrings;
}

/** Keys that work in the same place. */
export interface KeyGroup {
  readonly label: keyof InspectorStrings;
  readonly keys: readonly Key[];
}

/** Keys of the frame, which work in every view. */
export const panelKeys: KeyGroup = {
  label: "keysEverywhere",
  keys: [
    { key: "n", text: "stepForward" },
    { key: "p", text: "stepBack" },
    { key: "Space", text: "keyPlay" },
    { key: ".", text: "nextProblem" },
    { key: ",", text: "previousProblem" },
    { key: "← → Home End", text: "keyTabs" },
    { key: "e", text: "exportDrawing" },
    { key: "?", text: "help" },
  ],
};

const zoomKeys: readonly Key[] = [
  { key: "+ −", text: "keyZoom" },
  { key: "0", text: "keyFit" },
];

export const heapKeys: KeyGroup = {
  label: "viewHeap",
  keys: [
    { key: "← → Home End", text: "keyBlocks" },
    { key: "Page Up, Page Down", text: "keyFreeList" },
    ...zoomKeys,
    { key: "Enter", text: "keyLine" },
    { key: "Escape", text: "keyNothing" },
  ],
};

/** Drawings of what a policy keeps free blocks in. */
export const structureKeys: KeyGroup = {
  label: "keysStructures",
  keys: [
    { key: "← → ↑ ↓ Home End", text: "keyParts" },
    { key: "Enter", text: "keyChoose" },
  ],
};

/** The page table, and the strips of its levels, the lookaside buffer and swap space. */
export const pageKeys: KeyGroup = {
  label: "viewPages",
  keys: [
    { key: "↑ ↓ Home End", text: "keyPages" },
    { key: "← → ↑ ↓ Home End", text: "keyEntries" },
  ],
};

export const cacheKeys: KeyGroup = {
  label: "viewCaches",
  keys: [{ key: "← → ↑ ↓ Home End", text: "keyCacheLines" }],
};

/** Tables, bars and curves; only their buttons and links take keys. */
export const compareKeys: KeyGroup = {
  label: "viewCompare",
  keys: [
    { key: "Tab, Shift + Tab", text: "keyControls" },
    { key: "Enter", text: "keyPress" },
  ],
};

export const poolKeys: KeyGroup = {
  label: "viewPools",
  keys: [
    { key: "← → ↑ ↓ Home End", text: "keyBlocks" },
    { key: "Enter", text: "keyLine" },
  ],
};

export const timelineKeys: KeyGroup = {
  label: "viewTimeline",
  keys: [
    { key: "← → Page Up, Page Down, Home End", text: "keyCursor" },
    { key: "Shift + ← →", text: "keyPicture" },
    { key: "Enter", text: "keyTravel" },
    ...zoomKeys,
    { key: "Escape", text: "keyNoCursor" },
  ],
};

export const byteKeys: KeyGroup = {
  label: "viewBytes",
  keys: [
    { key: "← → ↑ ↓", text: "keyBytes" },
    { key: "Home End", text: "keyByteRow" },
    { key: "Page Up, Page Down", text: "keyBytePage" },
    { key: "Enter", text: "keyFollow" },
    { key: "Backspace, Alt+←", text: "bytesBack" },
    { key: "0–9 a–f", text: "keyEdit" },
  ],
};

export const rowKeys: KeyGroup = {
  label: "rows",
  keys: [
    { key: "↑ ↓ Page Up, Page Down, Home End", text: "keyRows" },
    { key: "Enter", text: "keyTravel" },
    { key: "← →", text: "keyAddresses" },
    ...zoomKeys,
  ],
};

export const historyKeys: KeyGroup = {
  label: "history",
  keys: [
    { key: "← → ↑ ↓ Home End", text: "keyCursor" },
    { key: "Shift + ← → ↑ ↓", text: "keyPicture" },
    { key: "Space", text: "keySelect" },
    { key: "Enter", text: "keyBirth" },
    ...zoomKeys,
    { key: "Escape", text: "keyNoCursor" },
  ],
};
