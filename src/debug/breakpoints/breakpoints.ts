import type { DebugProtocol } from "@vscode/debugprotocol";
import { describeVerb } from "../../language/vocabulary/vocabulary";
import type { Program, Statement } from "../../language/parsing/syntax";
import type { MachineState } from "../../machine/run/MachineState";
import { compileTerms, termsHold, type Terms } from "./breakpointTerms";
import type { ExecutableLines } from "./executableLines";
import { renderLogMessage } from "./logMessage";
import type { ClientPositions } from "../protocol/protocol";

/** One breakpoint that can stop a run. */
interface Breakpoint {
  readonly id: number;
  readonly matches: (next: Statement, line: number) => boolean;
  readonly terms: Terms;
  /** A log point writes this and does not stop. */
  readonly logMessage: string | null;
}

interface Wanted {
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

/** What reaching a position means: the breakpoints that stop there, and the lines that log points write. */
export interface Arrival {
  readonly kind: "breakpoint" | "function breakpoint";
  readonly ids: readonly number[];
  readonly logs: readonly string[];
}

/** The line and operation breakpoints of a session. Lines snap to the next one that executes. */
export class Breakpoints {
  private lineRequests: readonly { readonly id: number; readonly source: DebugProtocol.SourceBreakpoint }[] = [];
  private verbRequests: readonly { readonly id: number; readonly source: DebugProtocol.FunctionBreakpoint }[] = [];
  private onLines: Breakpoint[] = [];
  private onVerbs: Breakpoint[] = [];
  private nextId = 1;

  setLines(
    wanted: readonly DebugProtocol.SourceBreakpoint[],
    lines: ExecutableLines | null,
    positions: ClientPositions,
  ): DebugProtocol.Breakpoint[] {
    this.lineRequests = wanted.map((source) => ({ id: this.nextId++, source }));
    return this.resolveLines(lines, positions);
  }

  /** Verifies the line breakpoints anew against a program that was loaded or changed. */
  resolveLines(lines: ExecutableLines | null, positions: ClientPositions): DebugProtocol.Breakpoint[] {
    this.onLines = [];
    return this.lineRequests.map(({ id, source }): DebugProtocol.Breakpoint => {
      if (lines === null) return { id, verified: false, line: source.line, message: "The script is not loaded yet." };
      const snapped = lines.snap(positions.lineFromClient(source.line));
      if (snapped === undefined) {
        return { id, verified: false, line: source.line, message: "No line from here on executes." };
      }
      const line = positions.lineToClient(snapped);
      const made = compileBreakpoint(id, source, lines.program, (_next, line) => line === snapped);
      if ("error" in made) return { id, verified: false, line, message: made.error };
      this.onLines.push(made);
      return { id, verified: true, line };
    });
  }

  setVerbs(wanted: readonly DebugProtocol.FunctionBreakpoint[], program: Program | null): DebugProtocol.Breakpoint[] {
    this.verbRequests = wanted.map((source) => ({ id: this.nextId++, source }));
    return this.resolveVerbs(program);
  }

  /** Verifies the operation breakpoints anew, as their conditions may name what another script binds. */
  resolveVerbs(program: Program | null): DebugProtocol.Breakpoint[] {
    this.onVerbs = [];
    return this.verbRequests.map(({ id, source }): DebugProtocol.Breakpoint => {
      const verb = source.name.trim();
      if (describeVerb(verb)?.area === undefined || verb === "repeat" || verb === "end") {
        return { id, verified: false, message: `'${verb}' is not an operation at which a run can stop.` };
      }
      const made = compileBreakpoint(id, source, program, (next) => next.verb === verb);
      if ("error" in made) return { id, verified: false, message: made.error };
      this.onVerbs.push(made);
      return { id, verified: true };
    });
  }

  get isEmpty(): boolean {
    return this.onLines.length === 0 && this.onVerbs.length === 0;
  }

  /** Whether a breakpoint may stop a run before the statement, whatever its condition says. */
  mayStopBefore(next: Statement, line: number): boolean {
    const matches = (breakpoint: Breakpoint): boolean => breakpoint.matches(next, line);
    return this.onLines.some(matches) || this.onVerbs.some(matches);
  }

  /** What happens on arriving before `next` executes, which stands on a line. */
  arrive(state: MachineState, next: Statement, line: number): Arrival | undefined {
    const logs: string[] = [];
    const stopping = (breakpoints: readonly Breakpoint[]): number[] =>
      breakpoints
        .filter((breakpoint) => breakpoint.matches(next, line) && isHit(breakpoint, state, logs))
        .map((breakpoint) => breakpoint.id);
    const onLines = stopping(this.onLines);
    const onVerbs = stopping(this.onVerbs);
    if (onLines.length === 0 && onVerbs.length === 0 && logs.length === 0) return undefined;
    return { kind: 0 < onLines.length ? "breakpoint" : "function breakpoint", ids: [...onLines, ...onVerbs], logs };
  }
}

function isHit({ terms, logMessage }: Breakpoint, state: MachineState, logs: string[]): boolean {
  if (!termsHold(terms, state)) return false;
  if (logMessage === null) return true;
  logs.push(renderLogMessage(logMessage, state));
  return false;
}

function compileBreakpoint(
  id: number,
  wanted: Wanted,
  program: Program | null,
  matches: (next: Statement, line: number) => boolean,
): Breakpoint | { readonly error: string } {
  const terms = compileTerms(wanted, program);
  return "error" in terms ? terms : { id, matches, terms, logMessage: wanted.logMessage ?? null };
}
