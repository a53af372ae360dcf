import type { Colours } from "../theme";
import { addCross, addSlants, tilePattern } from "../ui/tiles";

/** What tells the kinds of bytes apart where colours do not. */
export interface Patterns {
  readonly dots: CanvasPattern;
  readonly hatch: CanvasPattern;
  readonly cross: CanvasPattern;
  readonly stripes: CanvasPattern;
  readonly zone: CanvasPattern;
}

const known = new WeakMap<Colours, Patterns>();

/** The patterns in a theme's colours, made when they are first drawn with. */
export function patternsOf(colours: Colours): Patterns {
  const there = known.get(colours);
  if (there !== undefined) return there;
  const made = makePatterns(colours);
  known.set(colours, made);
  return made;
}

function makePatterns(colours: Colours): Patterns {
  const tile = (size: number, draw: (inside: CanvasRenderingContext2D) => void): CanvasPattern =>
    tilePattern(size, size, draw)!;
  return {
    dots: tile(8, (inside) => {
      inside.fillStyle = colours.free;
      inside.globalAlpha = colours.highContrast ? 1 : 0.55;
      inside.fillRect(3, 3, 1.4, 1.4);
    }),
    hatch: tile(6, (inside) => {
      inside.strokeStyle = colours.used;
      inside.lineWidth = 1;
      inside.globalAlpha = 0.8;
      inside.beginPath();
      addSlants(inside, 6, true);
      inside.stroke();
    }),
    stripes: tile(6, (inside) => {
      inside.fillStyle = colours.free;
      inside.globalAlpha = colours.highContrast ? 1 : 0.6;
      inside.fillRect(0, 2, 6, 1.4);
    }),
    zone: tile(6, (inside) => {
      inside.strokeStyle = colours.error;
      inside.lineWidth = 1.6;
      inside.beginPath();
      addSlants(inside, 6, false);
      inside.stroke();
    }),
    cross: tile(8, (inside) => {
      inside.strokeStyle = colours.leaked;
      inside.lineWidth = 1;
      inside.globalAlpha = 0.75;
      inside.beginPath();
      addCross(inside, 8);
      inside.stroke();
    }),
  };
}
