import type { DebugProtocol } from "@vscode/debugprotocol";
import { checkTexts, checkWholes, objectList } from "../protocol/arguments";
import { canPersist, dataIdOf, describeTarget, type DataTarget } from "../breakpoints/dataTargets";
import { compileExpression } from "../evaluation/evaluate";
import { failures } from "../protocol/failures";
import type { SessionState } from "../session/sessionState";
import type { Handlers } from "./handler";

const accessTypes: readonly DebugProtocol.DataBreakpointAccessType[] = ["read", "write", "readWrite"];

/** The requests that watch memory. */
export function dataStopRequests(session: SessionState): Handlers {
  return {
    dataBreakpointInfo: (args: DebugProtocol.DataBreakpointInfoArguments, reply) =>
      reply.succeed(dataBreakpointInfo(session, args)),
    setDataBreakpoints: (args: DebugProtocol.SetDataBreakpointsArguments, reply) =>
      reply.succeed(setDataBreakpoints(session, args)),
  };
}

function setDataBreakpoints(
  session: SessionState,
  args: DebugProtocol.SetDataBreakpointsArguments,
): DebugProtocol.SetDataBreakpointsResponse["body"] {
  const command = "setDataBreakpoints";
  const wanted = objectList(command, "breakpoints", args.breakpoints) as readonly DebugProtocol.DataBreakpoint[];
  for (const breakpoint of wanted) {
    checkTexts(command, { ...breakpoint, dataId: (breakpoint.dataId as unknown) ?? null }, "dataId");
    checkTexts(command, breakpoint, "condition", "hitCondition");
    const { accessType } = breakpoint;
    if (accessType !== undefined && !accessTypes.includes(accessType)) {
      throw failures.badArguments(command, `'accessType' to be one of ${accessTypes.join(", ")}`);
    }
  }
  return { breakpoints: session.dataBreakpoints.set(wanted, session.script?.program ?? null) };
}

function dataBreakpointInfo(
  session: SessionState,
  args: DebugProtocol.DataBreakpointInfoArguments,
): DebugProtocol.DataBreakpointInfoResponse["body"] {
  const command = "dataBreakpointInfo";
  checkTexts(command, { ...args, name: (args.name as unknown) ?? null }, "name");
  checkWholes(command, args, true, "bytes", "variablesReference");
  const { state } = session.stoppedScript().history;
  const found = findTarget(session, args);
  if (typeof found === "string") return { dataId: null, description: found };
  return {
    dataId: dataIdOf(found),
    description: describeTarget(found, state),
    accessTypes: [...accessTypes],
    canPersist: canPersist(found),
  };
}

/** What the arguments name: a variable that was shown, an address, a handle, or `page 3` and `frame 5`. */
function findTarget(session: SessionState, args: DebugProtocol.DataBreakpointInfoArguments): DataTarget | string {
  const { name, bytes = 1, asAddress, variablesReference } = args;
  if (variablesReference !== undefined && variablesReference !== 0) {
    return session.variables.find(variablesReference, name)?.watch ?? `${name} has no memory of its own to watch.`;
  }
  const { state } = session.stoppedScript().history;
  const [, kind, number] = /^(page|frame)\s+(\d{1,15})$/.exec(name.trim()) ?? [];
  if (kind === "page" && state.vm !== null) return { kind, space: state.vm.current.id, vpn: Number(number) };
  if (kind === "frame" && state.vm !== null) return { kind, pfn: Number(number) };
  const handle = asAddress === true ? undefined : state.handle(name.trim());
  if (handle?.allocation) return { kind: "block", allocation: handle.allocation.id };
  const compiled = compileExpression(name);
  if ("error" in compiled) return compiled.error;
  const result = state.evaluate(compiled.expression);
  if ("error" in result) return result.error;
  const address = result.value;
  if (typeof address !== "number" || !Number.isSafeInteger(address) || address < 0 || bytes < 1) {
    return `${name} is not an address.`;
  }
  return { kind: "bytes", address, length: bytes };
}
