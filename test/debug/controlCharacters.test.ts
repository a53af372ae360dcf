import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { TestClient } from "./harness";

describe("control characters in a debug session", () => {
  it("do not reach what a client shows", async () => {
    const attack = readFileSync("test/fixtures/attack/esc.memscript", "utf8");
    const client = new TestClient(
      `${attack}\nb = alloc 8 # \u009b31m\nexpect b == 0 # \u001b[2J\nfree b \u001b[31m\nfree 8\n`,
    );
    await client.launch({ stopOnEntry: true });
    await client.setBreakpoints(
      { line: 2, logMessage: "\u001b]0;x\u0007 {a} \u009b" },
      { line: 8, condition: "\u001b[31m" },
    );
    await client.request("configurationDone");
    await client.request("stackTrace", { threadId: 1 });
    for (const expression of ["a \u001b[31m", 'write a "\u001b[2J"', "read a 4", "\u009b", "layout", "\u001b"]) {
      await client.request("evaluate", { expression, context: "repl", frameId: 1 });
    }
    await client.request("\u001b[31m", {});
    await client.request("launch", { program: "\u001b]0;x\u0007" });
    await client.request("memscript/travel", { query: "\u001b", direction: "back" });
    await client.run("continue", { threadId: 1 });
    const shown: string[] = [];
    JSON.stringify(client.received, (key, value: unknown) => {
      if (typeof value === "string" && !["command", "path"].includes(key)) shown.push(value);
      return value;
    });
    assert.ok(
      shown.some((text) => text.includes("\\u001b]0;x\\u0007")),
      "the log message",
    );
    for (const text of shown) assert.doesNotMatch(text, /(?![\t\n])[\p{Cc}\u202e]/u);
  });
});
