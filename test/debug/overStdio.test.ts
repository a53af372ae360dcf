import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import { buildSync } from "esbuild";
import { outDir } from "../harness/paths";

const server = join(outDir, "debug/dapServer.js");

describe("memscript dap over stdio", () => {
  let folder: string;
  let program: string;
  let client: DebugClient;

  before(() => {
    // One file starts in a tenth of a second; from source, each session would translate hundreds of files first.
    buildSync({
      entryPoints: [join(__dirname, "dapServer.ts")],
      outfile: server,
      bundle: true,
      platform: "node",
      sourcemap: "inline",
    });
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "memscript-dap-"));
    program = join(folder, "first.memscript");
    writeFileSync(program, 'a = alloc 100\nwrite a "Grüße"\nfree a\nfree a\n');
    client = new DebugClient(process.execPath, server, "memscript");
    // On a loaded machine the adapter starts late.
    client.defaultTimeout = 60_000;
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

  it("watches a block both ways, jumps, and writes memory that going back undoes", async () => {
    await client.hitBreakpoint({ program, stopOnEntry: false }, { path: program, line: 2 });
    const info = (await client.customRequest("dataBreakpointInfo", { name: "a" })) as { body: { dataId: string } };
    const { dataId } = info.body;
    await client.customRequest("setDataBreakpoints", { breakpoints: [{ dataId, accessType: "write" }] });
    const stop = (line: number, reason: string): Promise<unknown> =>
      client.assertStoppedLocation(reason, { path: program, line });
    await Promise.all([client.continueRequest({ threadId: 1 }), stop(3, "data breakpoint")]);
    await Promise.all([client.continueRequest({ threadId: 1 }), stop(4, "data breakpoint")]);
    await Promise.all([client.reverseContinueRequest({ threadId: 1 }), stop(3, "data breakpoint")]);
    const place = (await client.evaluateRequest({ expression: "a", context: "watch" })).body.memoryReference;
    const bytes = async (): Promise<string> => {
      const answer: unknown = await client.customRequest("readMemory", { memoryReference: place, count: 2 });
      return Buffer.from((answer as { body: { data: string } }).body.data, "base64").toString();
    };
    assert.equal(await bytes(), "Gr");
    await client.customRequest("writeMemory", { memoryReference: place, data: "SGk=" });
    assert.equal(await bytes(), "Hi");
    const answer: unknown = await client.customRequest("gotoTargets", { source: { path: program }, line: 2 });
    const [{ id }] = (answer as { body: { targets: { id: number }[] } }).body.targets;
    await Promise.all([client.customRequest("goto", { threadId: 1, targetId: id }), stop(2, "goto")]);
    assert.notEqual(await bytes(), "Hi");
  });

  it("answers an unknown request with a failure", async () => {
    await client.initializeRequest();
    await assert.rejects(client.customRequest("flyToTheMoon"), /not supported/);
  });
});
