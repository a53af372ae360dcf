import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Words } from "../../language/Words";
import { exceptionFilters } from "../breakpoints/exceptionFilters";

/** What the session announces. Each flag says what a client does because of it; each has a transcript among the tests. */
export function capabilities(words: Words): DebugProtocol.Capabilities {
  return {
    // The run starts when the client has sent all its breakpoints, not after a guessed delay.
    supportsConfigurationDoneRequest: true,
    // "Function" is an operation: a function breakpoint `free` stops before every free.
    supportsFunctionBreakpoints: true,
    // Breakpoints offer "Edit Condition": expression, hit count and log message.
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    // Hovers may be evaluated because no evaluation changes the machine.
    supportsEvaluateForHovers: true,
    // The Breakpoints view lists the problems at which a run can stop, each with an optional condition.
    exceptionBreakpointFilters: exceptionFilters(words),
    supportsExceptionFilterOptions: true,
    // The exception widget shows the catalogue's explanation and advice.
    supportsExceptionInfoRequest: true,
    // The toolbar shows Step Back and Reverse.
    supportsStepBack: true,
    // Restart keeps the session, and so its panels, instead of tearing it down.
    supportsRestartRequest: true,
    // Inline breakpoint candidates appear on executable lines only.
    supportsBreakpointLocationsRequest: true,
    // Handles and blocks show the icon that opens their bytes in a hex editor.
    supportsReadMemoryRequest: true,
    // Edits of a hex editor are written, with the damage that they do.
    supportsWriteMemoryRequest: true,
    // "Set Value" of handles, of their bytes and of watched addresses.
    supportsSetVariable: true,
    supportsSetExpression: true,
    // "Break on Value Change", "Read" and "Access" of blocks, pages and frames, and of bytes by address.
    supportsDataBreakpoints: true,
    supportsDataBreakpointBytes: true,
    // "Jump to Cursor" travels to the time at which the line executes.
    supportsGotoTargetsRequest: true,
    // The console completes words of the language and names that exist now.
    supportsCompletionsRequest: true,
    completionTriggerCharacters: [" ", "=", "."],
    // Statements tried on a copy, and edits, execute the run again: they can be cancelled.
    supportsCancelRequest: true,
    // "Hexadecimal" formatting of numbers.
    supportsValueFormattingOptions: true,
    // Copy Value asks for the value to paste: of a pointer its address alone.
    supportsClipboardContext: true,
    // Frames are asked for one by one; there is only one.
    supportsDelayedStackTraceLoading: true,
    // The first Stop prints what is in use and ends in order; a second one tears the session down.
    supportsTerminateRequest: true,
  };
}
