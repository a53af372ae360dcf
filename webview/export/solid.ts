import type { FixedInk } from "../../src/inspector/drawing/displayList";

export interface Solid {
  readonly colour: FixedInk;
  /** 0 to 1. */
  readonly alpha: number;
}

const resolver = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
const known = new Map<string, Solid>();

/** Any colour of CSS as readers of SVG of all kinds know it. */
export function solid(colour: string): Solid {
  const there = known.get(colour);
  if (there !== undefined) return there;
  const [red, green, blue, alpha] = componentsOf(colour);
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0"));
  const made: Solid = { colour: `#${hex.join("")}`, alpha: alpha / 255 };
  known.set(colour, made);
  return made;
}

/** Red, green, blue and opacity of a colour of CSS, 0 to 255. */
export function componentsOf(colour: string): Uint8ClampedArray {
  resolver.clearRect(0, 0, 1, 1);
  resolver.fillStyle = colour;
  resolver.fillRect(0, 0, 1, 1);
  return resolver.getImageData(0, 0, 1, 1).data;
}
