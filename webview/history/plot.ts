import { clamped, rounded } from "../../src/inspector/drawing/interval";
import type { LifeWindow } from "../../src/inspector/lifetimes/window";

/** Fewer steps or bytes than this across the drawing would say nothing more. */
const leastSteps = 4;
const leastBytes = 16;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What of a run there is to look at: the outermost window. */
export function clampWindow(window: LifeWindow, whole: LifeWindow): LifeWindow {
  const steps = clamped(
    rounded({ from: window.fromStep, to: window.toStep }),
    { from: whole.fromStep, to: whole.toStep },
    leastSteps,
  );
  const bytes = clamped(
    rounded({ from: window.low, to: window.high }),
    { from: whole.low, to: whole.high },
    leastBytes,
  );
  return { fromStep: steps.from, toStep: steps.to, low: bytes.from, high: bytes.to };
}

export function isSameWindow(left: LifeWindow, right: LifeWindow): boolean {
  return (["fromStep", "toStep", "low", "high"] as const).every((edge) => left[edge] === right[edge]);
}

/** Zooms both ranges by a factor (below 1: in) and keeps the point where it is. */
export function zoomWindow(window: LifeWindow, factor: number, step: number, address: number): LifeWindow {
  const around = (value: number, centre: number): number => centre + (value - centre) * factor;
  return {
    fromStep: around(window.fromStep, step),
    toStep: around(window.toStep, step),
    low: around(window.low, address),
    high: around(window.high, address),
  };
}

export function panWindow(window: LifeWindow, steps: number, bytes: number): LifeWindow {
  return {
    fromStep: window.fromStep + steps,
    toStep: window.toStep + steps,
    low: window.low + bytes,
    high: window.high + bytes,
  };
}

/** Pixels from steps and addresses: steps to the right, addresses upwards. */
export class Plot {
  private readonly perStep: number;
  private readonly perByte: number;

  constructor(
    readonly window: LifeWindow,
    /** The drawing's inside, in CSS pixels. */
    readonly left: number,
    readonly top: number,
    readonly width: number,
    readonly height: number,
  ) {
    this.perStep = width / (window.toStep - window.fromStep);
    this.perByte = height / (window.high - window.low);
  }

  x(step: number): number {
    return this.left + (step - this.window.fromStep) * this.perStep;
  }

  y(address: number): number {
    return this.top + (this.window.high - address) * this.perByte;
  }

  /** Steps that one pixel stands for; below 1 a step has several. */
  get stepsAcross(): number {
    return 1 / this.perStep;
  }

  get bytesAcross(): number {
    return 1 / this.perByte;
  }

  /** The step and the address under a pixel: the state after that step, the byte at that address. */
  at({ x, y }: Point): { readonly step: number; readonly address: number } {
    const { window } = this;
    const step = Math.floor(window.fromStep + (x - this.left) / this.perStep);
    const address = Math.ceil(window.high - (y - this.top) / this.perByte) - 1;
    return {
      step: Math.max(window.fromStep, Math.min(window.toStep - 1, step)),
      address: Math.max(window.low, Math.min(window.high - 1, address)),
    };
  }

  /** All steps and addresses that show in the same pixel as these: what a pixel stands for. */
  pixelWindow(step: number, address: number): LifeWindow {
    const steps = Math.max(1, this.stepsAcross);
    const bytes = Math.max(1, this.bytesAcross);
    const fromStep = Math.min(step, this.window.fromStep + Math.floor((step - this.window.fromStep) / steps) * steps);
    const high = Math.max(address + 1, this.window.high - Math.floor((this.window.high - 1 - address) / bytes) * bytes);
    return { fromStep, toStep: Math.max(step + 1, fromStep + steps), low: Math.min(address, high - bytes), high };
  }
}
