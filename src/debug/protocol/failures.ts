import type { DebugProtocol } from "@vscode/debugprotocol";
import { visible } from "../../language/visible";

/** A request that cannot be served. Thrown by a handler, it becomes the failed response; it never reaches the host. */
export class RequestFailure extends Error {
  constructor(
    readonly id: number,
    message: string,
    /** Whether the client shows it in a dialog; else it is only logged. */
    readonly showUser = false,
  ) {
    super(visible(message));
  }

  toBody(): { readonly error: DebugProtocol.Message } {
    // Braces mean variables in a DAP message; the text is final, so it is passed as the value of one.
    return {
      error: { id: this.id, format: "{_text}", variables: { _text: this.message }, showUser: this.showUser },
    };
  }
}

/** Every reason for which a request fails. Each has its own number, which is stable. */
export const failures = {
  unknownRequest: (command: string) => new RequestFailure(1001, `The request '${command}' is not supported.`),
  internal: (command: string, reason: string) =>
    new RequestFailure(1002, `The request '${command}' failed by a mistake in MemScript: ${reason}`),
  badArguments: (command: string, expected: string) =>
    new RequestFailure(1003, `The request '${command}' needs ${expected}.`),
  notInitialized: () => new RequestFailure(1004, "The session is not initialized: send 'initialize' first."),
  alreadyInitialized: () => new RequestFailure(1005, "The session is already initialized."),
  noProgram: () => new RequestFailure(2001, "Say which script to run: 'program' is missing.", true),
  unreadable: (program: string, reason: string) =>
    new RequestFailure(2002, `The script ${program} cannot be read: ${reason}`, true),
  alreadyLaunched: () => new RequestFailure(2003, "The session runs a script already: use 'restart'."),
  badOverride: (text: string) =>
    new RequestFailure(2004, `'${text}' is not an override: write it as heap.policy=best-fit.`, true),
  badLimit: (name: string) => new RequestFailure(2005, `'${name}' must be a whole number above 0.`, true),
  refusedOverride: (text: string, reason: string) =>
    new RequestFailure(2006, `'${text}' cannot be set: ${reason}`, true),
  unknownLimit: (name: string, known: readonly string[]) =>
    new RequestFailure(2007, `There is no limit '${name}'; the limits are ${known.join(", ")}.`, true),
  noScript: () => new RequestFailure(3001, "No script is loaded: send 'launch' first."),
  running: () => new RequestFailure(3002, "The script is running: pause it first."),
  notRunning: () => new RequestFailure(3003, "The script is not running."),
  ended: () => new RequestFailure(3004, "The session has ended."),
  noException: () => new RequestFailure(3005, "The script is not stopped at a problem."),
  unknownReference: (reference: number) =>
    new RequestFailure(3006, `The variables reference ${reference} is not valid any more.`),
  badMemoryReference: (reference: string) =>
    new RequestFailure(3007, `'${reference}' is not an address: write it as 0x10020.`),
  cannotEvaluate: (reason: string) => new RequestFailure(3008, reason),
  notReady: () => new RequestFailure(3009, "The script has not been started: send 'configurationDone' first."),
  cannotEdit: (reason: string) => new RequestFailure(3010, `Nothing was changed: ${reason}`, true),
  cancelled: () => new RequestFailure(3011, "cancelled"),
  neverExecutes: () => new RequestFailure(3012, "No line from there on executes.", true),
  badQuestion: (column: number, reason: string) =>
    new RequestFailure(3013, `The question is wrong at column ${column}: ${reason}`, true),
  noEvent: (what: string) => new RequestFailure(3014, what, true),
} as const;
