import { rulerHeight, stripHeight, type HeapMedium } from "../../src/inspector/drawing/heapPicture";
import { measureIn } from "../drawing/canvas";
import type { Colours } from "../theme";
import { count } from "../ui/numbers";

/** Room for the links above the strip, in CSS pixels. */
export const linkRoom = 54;
export const mapHeight = linkRoom + stripHeight + rulerHeight;

/** How the panel's map shows heaps. */
export function mapMedium(colours: Colours): HeapMedium {
  return { top: linkRoom, isHighContrast: colours.highContrast, measure: measureIn(colours), count };
}
