import type { PanelSnapshot } from "../../src/inspector/model";

/** How a snapshot follows the one before: by one step either way, at the same position, or from anywhere else. */
export type Arrival = "step" | "same" | "jump";

/** Compares each snapshot with the last one that its owner has drawn: only what one step does is shown as a motion. */
export class StepWatch {
  private last: { readonly run: number; readonly position: number } | null = null;

  arrival({ run, step: { position } }: PanelSnapshot): Arrival {
    const { last } = this;
    this.last = { run, position };
    if (last?.run !== run) return "jump";
    const distance = Math.abs(position - last.position);
    return distance === 0 ? "same" : distance === 1 ? "step" : "jump";
  }
}
