import assert from "node:assert/strict";
import fc from "fast-check";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { TestClient, fixturePath } from "./harness";

const commands = [
  "initialize", "launch", "configurationDone", "restart", "setBreakpoints", "setFunctionBreakpoints",
  "setExceptionBreakpoints", "breakpointLocations", "exceptionInfo", "threads", "stackTrace", "scopes", "variables",
  "evaluate", "readMemory", "continue", "reverseContinue", "next", "stepIn", "stepOut", "stepBack", "pause",
  "dataBreakpointInfo", "setDataBreakpoints", "gotoTargets", "goto", "writeMemory", "setVariable", "setExpression",
  "completions", "cancel", "memscript/format", "memscript/seek", "memscript/state", "memscript/travel",
  "memscript/stopTravel", "terminate", "disconnect", "constructor", "__proto__", "nonsense",
]; // prettier-ignore

const junk = fc.oneof(
  fc.constant(undefined),
  fc.constant({}),
  fc.constant(null),
  fc.constant({ program: fixturePath, stopOnEntry: false }),
  fc.constant({ program: fixturePath }),
  fc.constant({ source: { path: fixturePath }, breakpoints: [{ line: 2, condition: "i > 1" }], line: 1 }),
  fc.constant({ filters: ["errors"], expression: "used", variablesReference: 1, step: 3 }),
  fc.constant({ query: "frees", direction: "back" }),
  fc.constant({ handle: "a", kinds: ["write", "nonsense"] }),
  fc.constant({ memoryReference: "0x10000", count: 32, offset: -8 }),
  fc.constant({ name: "a", value: "b", variablesReference: 1, bytes: 8 }),
  fc.constant({ breakpoints: [{ dataId: "bytes:0x10020+8", accessType: "readWrite", hitCondition: "%2" }] }),
  fc.constant({ breakpoints: [{ dataId: "block:0" }, { dataId: "page:0/1" }, { dataId: "frame:2" }] }),
  fc.constant({ memoryReference: "0x10000", data: "AAAAAAAAAAA=", offset: 16 }),
  fc.constant({ expression: "a", value: "a + 8", context: "repl" }),
  fc.constant({ expression: "free a", value: "1", context: "repl", targetId: 1, line: 2, column: 3, text: "free " }),
  fc.constant({ requestId: 1001, targetId: 3, source: { path: fixturePath }, line: 4 }),
  fc.record(
    {
      name: fc.string(),
      value: fc.string(),
      expression: fc.string(),
      dataId: fc.string(),
      data: fc.string(),
      text: fc.string(),
      column: fc.oneof(fc.integer(), fc.double()),
      targetId: fc.oneof(fc.integer(), fc.double()),
      bytes: fc.integer(),
      breakpoints: fc.array(fc.record({ dataId: fc.string(), accessType: fc.string() }, { requiredKeys: [] })),
    },
    { requiredKeys: [] },
  ),
  fc.object({
    maxDepth: 2,
    key: fc.constantFrom("source", "breakpoints", "filters", "filterOptions", "set", "step", "format"),
  }),
);

describe("requests in any order, with any arguments", () => {
  it("are each answered exactly once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(fc.tuple(fc.constantFrom(...commands), junk), { maxLength: 40 }),
        async (isLaunched, requests) => {
          const client = new TestClient("repeat 5 as i\n  a = alloc 8\nend\nfree a\nfree a\n");
          if (isLaunched) {
            await client.launch();
            await client.run("configurationDone");
          }
          const before = client.received.length;
          for (const [index, [command, args]] of requests.entries()) {
            client.session.handle({
              seq: 1000 + index,
              type: "request",
              command,
              arguments: args,
            } as DebugProtocol.Request);
            if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
          }
          for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          const answered = client.received
            .slice(before)
            .filter((message) => message.type === "response")
            .map((message) => (message as DebugProtocol.Response).request_seq)
            .sort((left, right) => left - right);
          assert.deepEqual(
            answered,
            requests.map((_, index) => 1000 + index),
          );
          const bugs = client.received.filter(
            (message) => (message as DebugProtocol.Response).message?.includes("mistake in MemScript") ?? false,
          );
          assert.deepEqual(bugs, []);
        },
      ),
      { numRuns: 300 },
    );
  });
});
