import { line, shape, type Item, type Role } from "../../src/inspector/drawing/displayList";
import { circle } from "../../src/inspector/drawing/patterns";
import type { StepView } from "../../src/inspector/model";

/** Where the marks lie on the chart, in CSS pixels from its upper left corner. */
export interface MarkPlace {
  /** Inside of the axes. */
  readonly area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly pixelOf: (step: number) => number;
}

/**
 * The step shown, a triangle at each step with a problem, a dot where a line with a breakpoint first ran, and the cursor:
 * the step under the keyboard or the pointer.
 */
export function markItems(step: StepView, cursor: number | null, { area, pixelOf }: MarkPlace): Item[] {
  const isInside = (at: number): boolean => area.left - 1 <= pixelOf(at) && pixelOf(at) <= area.right + 1;
  const items: Item[] = [];
  for (const at of step.problemSteps.filter(isInside)) {
    items.push(shape(`M${pixelOf(at) - 4} ${area.bottom}h8l-4 -7z`, "error"));
  }
  // Breakpoints are the dots that they are beside the lines.
  for (const at of step.breakpointSteps.filter(isInside)) {
    items.push(shape(circle(pixelOf(at), area.top + 4, 4), "error"));
  }
  const upright = (at: number, ink: Role, dash?: readonly number[]): void => {
    const x = pixelOf(at);
    if (isInside(at)) items.push(line(x, area.top, x, area.bottom, { ink, width: 1.5, dash }));
  };
  upright(step.position, "foreground");
  if (cursor !== null && cursor !== step.position) upright(cursor, "focus", [4, 3]);
  return items;
}
