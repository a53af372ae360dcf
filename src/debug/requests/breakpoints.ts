import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkTexts, checkWholes, objectList, sourcePath, textList } from "../protocol/arguments";
import type { Script } from "../session/script";
import type { SessionState } from "../session/sessionState";
import type { Handlers } from "./handler";

interface Verdicts {
  readonly breakpoints: readonly (DebugProtocol.Breakpoint | DebugProtocol.BreakpointLocation)[];
}

/** The requests that say where a run stops. */
export function stopRequests(session: SessionState): Handlers {
  const stops = new Stops(session);
  return {
    setBreakpoints: (args: DebugProtocol.SetBreakpointsArguments, reply) => reply.succeed(stops.setLines(args)),
    setFunctionBreakpoints: (args: DebugProtocol.SetFunctionBreakpointsArguments, reply) =>
      reply.succeed(stops.setVerbs(args)),
    setExceptionBreakpoints: (args: DebugProtocol.SetExceptionBreakpointsArguments, reply) =>
      reply.succeed(stops.setExceptions(args)),
    breakpointLocations: (args: DebugProtocol.BreakpointLocationsArguments, reply) =>
      reply.succeed(stops.locations(args)),
  };
}

/** Each method checks its arguments and returns the body of the response. */
class Stops {
  constructor(private readonly session: SessionState) {}

  setLines(args: DebugProtocol.SetBreakpointsArguments): Verdicts {
    const command = "setBreakpoints";
    const wanted = objectList(
      command,
      "breakpoints",
      args.breakpoints,
      true,
    ) as readonly DebugProtocol.SourceBreakpoint[];
    for (const breakpoint of wanted) {
      checkWholes(command, breakpoint, false, "line");
      checkTexts(command, breakpoint, "condition", "hitCondition", "logMessage");
    }
    const { script, positions } = this.session;
    const path = sourcePath(command, args.source);
    if (script !== null && !isScript(this.session, script, path)) {
      const message = "This file is not the script being run.";
      return { breakpoints: wanted.map(({ line }) => ({ verified: false, line, message })) };
    }
    return { breakpoints: this.session.breakpoints.setLines(wanted, script?.lines ?? null, positions) };
  }

  setVerbs(args: DebugProtocol.SetFunctionBreakpointsArguments): Verdicts {
    const command = "setFunctionBreakpoints";
    const wanted = objectList(command, "breakpoints", args.breakpoints) as readonly DebugProtocol.FunctionBreakpoint[];
    for (const breakpoint of wanted) {
      checkTexts(
        command,
        { ...breakpoint, name: (breakpoint.name as unknown) ?? null },
        "name",
        "condition",
        "hitCondition",
      );
    }
    return { breakpoints: this.session.breakpoints.setVerbs(wanted, this.session.script?.program ?? null) };
  }

  setExceptions(args: DebugProtocol.SetExceptionBreakpointsArguments): Verdicts {
    const command = "setExceptionBreakpoints";
    const filters = [...textList(command, "filters", args.filters)];
    const options = objectList(
      command,
      "filterOptions",
      args.filterOptions,
      true,
    ) as readonly DebugProtocol.ExceptionFilterOptions[];
    for (const option of options) {
      checkTexts(command, { ...option, filterId: (option.filterId as unknown) ?? null }, "filterId", "condition");
    }
    const { script } = this.session;
    const breakpoints = this.session.filters.set({ filters, filterOptions: [...options] }, script?.program ?? null);
    return { breakpoints };
  }

  locations(args: DebugProtocol.BreakpointLocationsArguments): Verdicts {
    const command = "breakpointLocations";
    checkWholes(command, args, false, "line");
    checkWholes(command, args, true, "endLine");
    const { script, positions } = this.session;
    if (script === null || !isScript(this.session, script, sourcePath(command, args.source)))
      return { breakpoints: [] };
    const first = positions.lineFromClient(args.line);
    const last = args.endLine === undefined ? first : positions.lineFromClient(args.endLine);
    const breakpoints = script.lines.between(first, last).map(({ line, statement }) => ({
      line: positions.lineToClient(line),
      column: positions.columnToClient(statement.span.start),
    }));
    return { breakpoints };
  }
}

/** Whether a source that a client names is the script. */
export function isScript({ host }: SessionState, script: Script, path: string | undefined): boolean {
  if (path === undefined) return false;
  return path === script.source.path || (host.samePath?.(path, script.source.path) ?? false);
}
