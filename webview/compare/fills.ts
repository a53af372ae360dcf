import type { Colours } from "../theme";
import { addSlants, tilePattern } from "../ui/tiles";

/** Looks of the bars of a group, told apart by pattern as well as by colour; the style sheet draws the same swatches. */
const looks = ["solid", "striped", "dotted", "hollow"] as const;
type Look = (typeof looks)[number];

/** The look of the bar at a place in its group, as a class of its swatch. */
export function lookAt(at: number): Look {
  return looks[at % looks.length];
}

/** Stroke and fill of the bar at a place in its group. */
export function fillOf(
  at: number,
  colours: Colours,
): { readonly colour: string; readonly fill: string | CanvasPattern } {
  const look = lookAt(at);
  const colour = { solid: colours.used, striped: colours.changed, dotted: colours.fragmentation, hollow: colours.link };
  const chosen = colour[look];
  if (look === "solid") return { colour: chosen, fill: chosen };
  return { colour: chosen, fill: patternOf(look, chosen) ?? "transparent" };
}

/** Null where the browser refuses a canvas. */
function patternOf(look: Look, colour: string): CanvasPattern | null {
  if (look === "hollow") return null;
  return tilePattern(8, 8, (context) => {
    context.globalAlpha = 0.25;
    context.fillStyle = colour;
    context.fillRect(0, 0, 8, 8);
    context.globalAlpha = 1;
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.beginPath();
    if (look === "striped") {
      addSlants(context, 8, true);
      context.stroke();
      return;
    }
    for (const [x, y] of [
      [2, 2],
      [6, 6],
    ]) {
      context.beginPath();
      context.arc(x, y, 1.3, 0, 2 * Math.PI);
      context.fill();
    }
  });
}
