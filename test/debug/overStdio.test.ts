import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";

const server = join(__dirname, "dapServer.ts");

describe("memscript dap over stdio", () => {
  let folder: string;
  let program: string;
  let client: DebugClient;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "memscript-dap-"));
    program = join(folder, "first.memscript");
    writeFileSync(program, 'a = alloc 100\nwrite a "Grüße"\nfree a\nfree a\n');
    // The test client takes one file and no flags of Node: the loader comes through the environment.
    client = new DebugClient(process.execPath, server, "memscript", {
      env: { ...process.env, NODE_OPTIONS: "--import tsx" },
    });
    await client.start();
  });

  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it("hits a breakpoint and steps back", async () => {
    await client.hitBreakpoint({ program, stopOnEntry: false }, { path: program, line: 3 });
    await Promise.all([
      client.stepBackRequest({ threadId: 1 }),
      client.assertStoppedLocation("step", { path: program, line: 2 }),
    ]);
    const answer = await client.evaluateRequest({ expression: "sizeof(a)", context: "watch" });
    assert.equal(answer.body.result, "100");
  });

  it("stops at a double free", async () => {
    await Promise.all([
      client.waitForEvent("initialized").then(async () => {
        await client.setExceptionBreakpointsRequest({ filters: ["errors"] });
        await client.configurationDoneRequest();
      }),
      client.launch({ program, stopOnEntry: false }),
      client.assertStoppedLocation("exception", { path: program, line: 4 }),
    ]);
  });

  it("answers an unknown request with a failure", async () => {
    await client.initializeRequest();
    await assert.rejects(client.customRequest("flyToTheMoon"), /not supported/);
  });
});
