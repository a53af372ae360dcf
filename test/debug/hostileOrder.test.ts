import assert from "node:assert/strict";
import fc from "fast-check";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { TestClient, fixturePath } from "./harness";

const commands = [
  "initialize", "launch", "configurationDone", "restart", "setBreakpoints", "setFunctionBreakpoints",
  "setExceptionBreakpoints", "breakpointLocations", "exceptionInfo", "threads", "stackTrace", "scopes", "variables",
  "evaluate", "readMemory", "continue", "reverseContinue", "next", "stepIn", "stepOut", "stepBack", "pause",
  "memscript/seek", "memscript/state", "memscript/travel", "memscript/stopTravel", "terminate", "disconnect", "constructor", "__proto__", "nonsense",
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
