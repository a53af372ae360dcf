import * as vscode from "vscode";
import type { SeriesRecorder } from "../../inspector/series";
import type { Problem } from "../../machine/problems/Problem";
import type { MachineState } from "../../machine/run/MachineState";
import type { IncrementalResult, RunWork } from "./IncrementalRun";
import type { LineSteps } from "./lineSteps";
import { Run } from "./Run";

/** Bytes of all heaps together. */
export interface HeapUse {
  readonly used: number;
  readonly free: number;
  readonly size: number;
}

/** The run of one version of a document, as far as its budget allowed. */
export class DocumentRun extends Run {
  readonly lineSteps: LineSteps;
  readonly series: SeriesRecorder;
  /** Problems of parsing and of every step that ran. */
  readonly problems: readonly Problem[];
  readonly outcome: IncrementalResult["outcome"];
  readonly work: RunWork;
  /** Use of the heaps at the end; undefined without heaps. */
  readonly heapUse: HeapUse | undefined;
  /** The line where the budget ended the run; null at the end of the script. */
  readonly stoppedLine: number | null;
  /** Bytes that the history takes. */
  readonly heldBytes: number;
  /** Steps of the run. They stay when the history goes on with a later version. */
  private readonly steps: number;

  constructor(
    readonly document: vscode.TextDocument,
    readonly version: number,
    result: IncrementalResult,
  ) {
    const end = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
    let text: string | undefined;
    super(document.uri, () => (text ??= result.program.lines.join(end)), result.history);
    ({
      lineSteps: this.lineSteps,
      series: this.series,
      problems: this.problems,
      outcome: this.outcome,
      work: this.work,
    } = result);
    this.steps = result.history.reached;
    this.heldBytes = result.history.heldBytes;
    const last = this.at(this.steps, ({ state, nextLine }) => ({ heapUse: heapUseOf(state), nextLine }));
    this.heapUse = last.heapUse;
    this.stoppedLine = last.nextLine;
  }

  override get reached(): number {
    return this.steps;
  }

  /** Steps of the whole script; null when the budget ended the run before it. */
  get total(): number | null {
    return this.outcome === "finished" ? this.steps : null;
  }

  /** The position after the last execution of the line, or of the nearest line above that ran; below all of them, the end. */
  positionAtCursor(line: number): number {
    return this.lineSteps.anyBelow(line) ? this.lineSteps.lastAtOrAbove(line) : this.reached;
  }
}

export function heapUseOf({ heaps }: MachineState): HeapUse | undefined {
  if (heaps.size === 0) return undefined;
  const use = { used: 0, free: 0, size: 0 };
  for (const heap of heaps.values()) {
    const { currentUsed, freeBytes, heapBytes } = heap.stats();
    use.used += currentUsed;
    use.free += freeBytes;
    use.size += heapBytes;
  }
  return use;
}
