import type { Words } from "../../language/Words";
import { messageOf, type Problem } from "../../machine/problems/Problem";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** The only thread. */
export const threadId = 1;

/** Why a run stopped. The texts are the protocol's reasons where it has one. */
export type StopReason =
  "entry" | "step" | "breakpoint" | "function breakpoint" | "data breakpoint" | "exception" | "pause" | "goto" | "end";

export interface Stop {
  readonly reason: StopReason;
  readonly problem: Problem | null;
  readonly breakpointIds: readonly number[];
  /** After travel to an event: the line that did it, and what it did. */
  readonly event?: { readonly line: number; readonly name: string; readonly text: string };
  /** A sentence to show. */
  readonly text?: string;
}

export function stopAt(reason: StopReason, more: Partial<Omit<Stop, "reason">> = {}): Stop {
  return { reason, problem: null, breakpointIds: [], ...more };
}

/** The body of the `stopped` event. */
export function stoppedBody(stop: Stop, words: Words): DebugProtocol.StoppedEvent["body"] {
  // The protocol has no reason for the end; to a client it is a step with a description.
  const reason = stop.reason === "end" ? "step" : stop.reason;
  return {
    reason,
    ...(stop.reason === "end" ? { description: "End of script" } : {}),
    ...(stop.text === undefined ? {} : { text: stop.text }),
    ...(stop.problem === null
      ? {}
      : { description: `Problem: ${stop.problem.id}`, text: messageOf(stop.problem, words) }),
    ...(stop.event === undefined ? {} : { description: stop.event.name, text: stop.event.text }),
    ...(stop.breakpointIds.length === 0 ? {} : { hitBreakpointIds: [...stop.breakpointIds] }),
    threadId,
    allThreadsStopped: true,
  };
}
