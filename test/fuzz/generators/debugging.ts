import fc from "fast-check";

/** Requests of a client that knows the protocol and not what makes sense, or knows neither. */

const commands = [
  "initialize", "launch", "configurationDone", "restart", "setBreakpoints", "setFunctionBreakpoints",
  "setExceptionBreakpoints", "breakpointLocations", "exceptionInfo", "threads", "stackTrace", "scopes", "variables",
  "evaluate", "readMemory", "continue", "reverseContinue", "next", "stepIn", "stepOut", "stepBack", "pause",
  "dataBreakpointInfo", "setDataBreakpoints", "gotoTargets", "goto", "writeMemory", "setVariable", "setExpression",
  "completions", "cancel", "memscript/format", "memscript/seek", "memscript/state", "memscript/travel",
  "memscript/stopTravel", "terminate", "disconnect", "constructor", "__proto__", "nonsense",
]; // prettier-ignore

const number = fc.oneof(
  fc.integer({ min: -2, max: 20 }),
  fc.constantFrom(1e9, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -1e15, 0.5, 4096),
);
const expression = fc.oneof(
  fc.constantFrom("a", "b[0]", "used", "a + 8", "read a 8", "free a", "translate 0x10", "stats", "layout", "check"),
  fc.constantFrom("evict", "writes of a", "read 0 9007199254740991", "expect used == 3", "a = alloc 8", "(((", "a["),
  fc.string({ maxLength: 20 }),
);
const place = fc.oneof(
  fc.constantFrom("0x10000", "0x10020", "0x0", "65536", "0xfffffffffffff", "-1", "x"),
  fc.string(),
);
const dataId = fc.oneof(
  fc.constantFrom("bytes:0x10020+8", "block:0", "page:0/1", "frame:2", "handle:a", "bytes:0x0+9007199254740991", ""),
  fc.string({ maxLength: 12 }),
);

/** Fields that requests have, each with values that fit and values that do not. */
const fields: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  expression,
  context: fc.constantFrom("repl", "hover", "watch", "clipboard", "other"),
  variablesReference: number,
  frameId: number,
  threadId: number,
  start: number,
  count: number,
  offset: number,
  line: number,
  column: number,
  endLine: number,
  step: number,
  targetId: number,
  requestId: number,
  bytes: number,
  levels: number,
  startFrame: number,
  name: fc.oneof(expression, fc.constantFrom("Handles", "main", "address")),
  value: expression,
  text: expression,
  data: fc.oneof(fc.constantFrom("AAAAAAAAAAA=", "AA", "!", ""), fc.base64String({ maxLength: 40 })),
  memoryReference: place,
  query: expression,
  direction: fc.constantFrom("back", "forward", "up"),
  handle: expression,
  kinds: fc.array(fc.constantFrom("write", "free", "nonsense"), { maxLength: 3 }),
  filters: fc.array(fc.constantFrom("errors", "warnings", "leak", "x"), { maxLength: 3 }),
  format: fc.constantFrom({ hex: true }, {}, null),
  set: fc.constantFrom({ "heap.policy": "best-fit" }, { x: 1 }, "heap.policy", null),
  limits: fc.constantFrom({ steps: 10 }, { steps: -1 }, { steps: "x" }, 5, null),
  breakpoints: fc.array(
    fc.record(
      {
        line: number,
        column: number,
        condition: expression,
        hitCondition: fc.oneof(fc.constantFrom("3", "%2", ">= 2", "0"), expression),
        logMessage: fc.oneof(fc.constantFrom("{a} {used", "{{}}"), fc.string()),
        dataId,
        accessType: fc.constantFrom("read", "write", "readWrite", "x"),
        name: expression,
      },
      { requiredKeys: [] },
    ),
    { maxLength: 4 },
  ),
  supportsMemoryReferences: fc.boolean(),
  linesStartAt1: fc.boolean(),
  columnsStartAt1: fc.boolean(),
};

const sensible = fc.record(fields, { requiredKeys: [] });
const junk = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, 5, "x", [], {}),
  fc.object({ maxDepth: 2, key: fc.constantFrom(...Object.keys(fields)) }),
);

export interface HostileRequest {
  readonly command: string;
  readonly arguments: unknown;
}

/** `program` is a script that the session finds. */
export function hostileRequests(program: string): fc.Arbitrary<HostileRequest[]> {
  const withProgram = sensible.map((args) => ({ ...args, program, source: { path: program } }));
  const request = fc.record({
    command: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom("next", "continue", "stepBack", "evaluate", "variables", "scopes") },
      { weight: 5, arbitrary: fc.constantFrom(...commands) },
    ),
    arguments: fc.oneof({ weight: 5, arbitrary: withProgram }, junk),
  });
  return fc.array(request, { maxLength: 40, size: "max" });
}
