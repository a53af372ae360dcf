import type { InspectorStrings } from "../../src/inspector/strings";

/** A key, or several that belong together, and the text that says what they do. */
export interface Key {
  readonly key: string;
  readonly text: keyof InspectorStrings;
}

/** Keys that work in the same place, by the text that names the place. */
export type Keys = Readonly<Partial<Record<keyof InspectorStrings, readonly Key[]>>>;

/** Keys of the frame, which work in every view. */
export const panelKeys: Keys = {
  keysEverywhere: [
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

/** Of drawings that zoom. */
export const zoomKeys = [
  { key: "+ −", text: "keyZoom" },
  { key: "0", text: "keyFit" },
] as const satisfies readonly Key[];
