import { filled, shape, type Pattern, type Role } from "../../src/inspector/drawing/displayList";
import { circle, slants } from "../../src/inspector/drawing/patterns";
import { patternOf } from "../drawing/canvas";
import type { Colours } from "../theme";

interface BarLook {
  /** The class of its swatch. */
  readonly name: string;
  readonly ink: Role;
  readonly fill: Role | Pattern | null;
}

const shaded = (ink: Role, ...marks: Pattern["tile"]): Pattern => ({
  size: 8,
  tile: [filled(0, 0, 8, 8, ink, 0.25), ...marks],
});

/** Looks of the bars of a group, told apart by pattern as well as by colour; the style sheet draws the same swatches. */
const looks: readonly BarLook[] = [
  { name: "solid", ink: "used", fill: "used" },
  {
    name: "striped",
    ink: "changed",
    fill: shaded("changed", shape(slants(8, true), null, { ink: "changed", width: 2 })),
  },
  {
    name: "dotted",
    ink: "fragmentation",
    fill: shaded("fragmentation", shape(circle(2, 2, 1.3) + circle(6, 6, 1.3), "fragmentation")),
  },
  { name: "hollow", ink: "link", fill: null },
];

/** The look of the bar at a place in its group, as a class of its swatch. */
export function lookAt(at: number): string {
  return looks[at % looks.length].name;
}

/** Stroke and fill of the bar at a place in its group. */
export function fillOf(
  at: number,
  colours: Colours,
): { readonly colour: string; readonly fill: string | CanvasPattern } {
  const { ink, fill } = looks[at % looks.length];
  if (fill === null) return { colour: colours[ink], fill: "transparent" };
  return { colour: colours[ink], fill: typeof fill === "string" ? colours[fill] : patternOf(fill, colours) };
}
