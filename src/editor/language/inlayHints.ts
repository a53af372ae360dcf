import * as vscode from "vscode";
import { toHex } from "../../engine/address";
import { statementsBetween } from "../../language/parsing/statementsByLine";
import type { MachineState } from "../../machine/run/MachineState";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { handleStatesOf } from "../runs/handleStatesOf";
import { readSettings } from "../host/settings";
import { runYielding } from "../runs/editorHost";

interface LineHint extends vscode.InlayHint {
  /** Fills the tooltip when the hint is resolved. */
  explanation?: string;
}

/** After lines: the address and size of the block that a line got last, and the free blocks that it left. */
export class InlayHintsProvider implements vscode.InlayHintsProvider<LineHint> {
  readonly onDidChangeInlayHints: vscode.Event<void>;

  constructor(private readonly runs: BackgroundRuns) {
    this.onDidChangeInlayHints = runs.onDidSettle;
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<LineHint[]> {
    const { addresses, sizes, freeBlocks } = readSettings(document).inlayHints;
    if (!addresses && !sizes && !freeBlocks) return [];
    const run = await this.runs.settled(document, token);
    if (run === undefined) return [];
    const { explainAllocation } = await import("./explain");
    const states = await runYielding(handleStatesOf(run), token);
    if (states === undefined || !run.isReadable) return [];
    const hints: LineHint[] = [];
    for (const { line, statement } of statementsBetween(run.program, range.start.line, range.end.line)) {
      const step = run.lineSteps.lastOn(line);
      const allocation = states.lastOn(line);
      const parts: string[] = [];
      if (allocation !== undefined && addresses) parts.push(toHex(allocation.address));
      if (allocation !== undefined && sizes) parts.push(vscode.l10n.t("{0} bytes", allocation.requested));
      if (freeBlocks && step !== 0 && (allocation !== undefined || statement.verb === "free")) {
        const count = run.at(step, ({ state }) => freeBlocksOf(state));
        parts.push(vscode.l10n.t("free blocks: {0}", count));
      }
      if (parts.length === 0) continue;
      const hint: LineHint = new vscode.InlayHint(new vscode.Position(line, statement.span.end), parts.join(", "));
      hint.paddingLeft = true;
      if (allocation !== undefined) hint.explanation = explainAllocation(allocation);
      hints.push(hint);
    }
    return hints;
  }

  resolveInlayHint(hint: LineHint): LineHint {
    if (hint.explanation !== undefined) hint.tooltip = hint.explanation;
    return hint;
  }
}

function freeBlocksOf({ heaps }: MachineState): number {
  let count = 0;
  for (const heap of heaps.values()) count += heap.stats().freeBlocks;
  return count;
}
