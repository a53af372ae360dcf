import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkTexts, checkWholes, objectList, sourcePath, textList } from "./arguments";
import type { Breakpoints } from "./breakpoints";
import { compileExpression } from "./evaluate";
import type { ExceptionFilters } from "./exceptionFilters";
import type { ClientPositions, DebugHost } from "./protocol";
import type { Script } from "./script";

/** What the requests below need of their session at the time they are served. */
interface Context {
  readonly script: Script | null;
  readonly positions: ClientPositions;
}

interface Verdicts {
  readonly breakpoints: readonly (DebugProtocol.Breakpoint | DebugProtocol.BreakpointLocation)[];
}

/** The requests that say where a run stops. Each checks its arguments and returns the body of its response. */
export class BreakpointRequests {
  constructor(
    private readonly host: DebugHost,
    private readonly breakpoints: Breakpoints,
    private readonly filters: ExceptionFilters,
    private readonly context: () => Context,
  ) {}

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
    const { script, positions } = this.context();
    const path = sourcePath(command, args.source);
    if (script !== null && !this.isScript(script, path)) {
      const message = "This file is not the script being run.";
      return { breakpoints: wanted.map(({ line }) => ({ verified: false, line, message })) };
    }
    return { breakpoints: this.breakpoints.setLines(wanted, script?.lines ?? null, positions) };
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
    return { breakpoints: this.breakpoints.setVerbs(wanted) };
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
    const breakpoints = this.filters.set({ filters, filterOptions: [...options] }, (condition) => {
      const compiled = compileExpression(condition);
      return "error" in compiled ? compiled.error : undefined;
    });
    return { breakpoints };
  }

  locations(args: DebugProtocol.BreakpointLocationsArguments): Verdicts {
    const command = "breakpointLocations";
    checkWholes(command, args, false, "line");
    checkWholes(command, args, true, "endLine");
    const { script, positions } = this.context();
    if (script === null || !this.isScript(script, sourcePath(command, args.source))) return { breakpoints: [] };
    const first = positions.lineFromClient(args.line);
    const last = args.endLine === undefined ? first : positions.lineFromClient(args.endLine);
    const breakpoints = script.lines.between(first, last).map((statement) => ({
      line: positions.lineToClient(statement.line),
      column: positions.columnToClient(statement.span.start),
    }));
    return { breakpoints };
  }

  private isScript(script: Script, path: string | undefined): boolean {
    if (path === undefined) return false;
    return path === script.source.path || (this.host.samePath?.(path, script.source.path) ?? false);
  }
}
