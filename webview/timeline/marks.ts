import { prepare } from "../ui/canvas";
import type { StepView } from "../../src/inspector/model";
import type { Colours } from "../theme";

export interface MarkPicture {
  readonly step: StepView;
  /** The step under the keyboard or the pointer. */
  readonly cursor: number | null;
  readonly colours: Colours;
}

/** Where the marks lie on the chart, in CSS pixels from its upper left corner. */
export interface MarkPlace {
  readonly width: number;
  readonly height: number;
  /** Inside of the axes. */
  readonly area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly pixelOf: (step: number) => number;
}

/** The step shown, the cursor, a triangle at each step with a problem, a dot where a line with a breakpoint first ran. */
export function paintMarks(sheet: HTMLCanvasElement, { step, cursor, colours }: MarkPicture, place: MarkPlace): void {
  const { area, pixelOf } = place;
  const context = prepare(sheet, place.width, place.height);
  const isInside = (at: number): boolean => area.left - 1 <= pixelOf(at) && pixelOf(at) <= area.right + 1;
  const line = (at: number, colour: string, dash: number[]): void => {
    if (!isInside(at)) return;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(pixelOf(at), area.top);
    context.lineTo(pixelOf(at), area.bottom);
    context.stroke();
  };
  context.fillStyle = colours.error;
  for (const at of step.problemSteps.filter(isInside)) {
    const x = pixelOf(at);
    context.beginPath();
    context.moveTo(x - 4, area.bottom);
    context.lineTo(x + 4, area.bottom);
    context.lineTo(x, area.bottom - 7);
    context.fill();
  }
  // Breakpoints are the dots that they are beside the lines.
  for (const at of step.breakpointSteps.filter(isInside)) {
    context.beginPath();
    context.arc(pixelOf(at), area.top + 4, 4, 0, 2 * Math.PI);
    context.fill();
  }
  line(step.position, colours.foreground, []);
  if (cursor !== null && cursor !== step.position) line(cursor, colours.focus, [4, 3]);
}
