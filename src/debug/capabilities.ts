import type { DebugProtocol } from "@vscode/debugprotocol";
import { exceptionFilters } from "./exceptionFilters";

/** What the session announces. Each flag says what a client does because of it; each has a transcript among the tests. */
export function capabilities(): DebugProtocol.Capabilities {
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
    exceptionBreakpointFilters: exceptionFilters(),
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
    // "Hexadecimal" formatting of numbers.
    supportsValueFormattingOptions: true,
    // Copy Value asks for the value to paste: of a pointer its address alone.
    supportsClipboardContext: true,
    // Frames are asked for one by one; there is only one.
    supportsDelayedStackTraceLoading: true,
    // Stop asks the script to end in order before the session is torn down.
    supportsTerminateRequest: true,
  };
}
