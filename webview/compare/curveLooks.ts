export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Looks of the lines, told apart by dashes as well as by colour; the style sheet draws the same swatches. */
export const looks = [
  { name: "first", dash: [] },
  { name: "second", dash: [7, 4] },
  { name: "third", dash: [2, 3] },
] as const;
