import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { MemScriptApi } from "../../../src/editor/api";
import { toolNames } from "../../../src/editor/host/ids";
import { openScript } from "./script";

const script = "heap 4KiB\nvm page=4KiB frames=64\nmap 1 -> 20\na = alloc 100\nfree a\nfree a\n";

async function apiOf(): Promise<MemScriptApi> {
  const extension = vscode.extensions.getExtension<MemScriptApi>("memscript.memscript");
  assert.ok(extension);
  return extension.activate();
}

describe("the interface for other extensions", () => {
  it("runs a text and a document", async () => {
    const api = await apiOf();
    const document = await openScript(script);
    for (const source of [script, document.uri]) {
      const { end, description, finished, lastStep } = await api.run(source);
      assert.equal(finished, true);
      assert.equal(lastStep?.["op"], "free");
      assert.deepEqual(
        (end["problems"] as { id: string }[]).map(({ id }) => id),
        ["double-free"],
      );
      assert.match(description, /heap/i);
    }
  });

  it("looks after a number of steps and overrides options", async () => {
    const api = await apiOf();
    const { end, finished } = await api.run(script, { steps: 4, set: { "heap.policy": "best-fit" }, state: true });
    assert.equal(finished, false);
    const heaps = end["heaps"] as Record<string, { usedBlocks: number }>;
    assert.equal(heaps["heap"].usedBlocks, 1);
  });

  it("translates an address and explains a problem", async () => {
    const api = await apiOf();
    assert.match((await api.translate(script, 0x1004)).join("\n"), /0x14004/);
    assert.equal((await api.explainProblem("double-free"))?.title, "Double free");
    assert.equal(await api.explainProblem("no-such-problem"), undefined);
  });

  it("ends at once when it is cancelled", async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const endless = "repeat 500000\na = alloc 8\nfree a\nend\n";
    const run = (await apiOf()).run(endless, { token: source.token });
    await assert.rejects(run, (error) => error instanceof vscode.CancellationError);
  });
});

describe("the tools for language models", () => {
  async function invoke(name: string, input: object): Promise<string> {
    const token = new vscode.CancellationTokenSource().token;
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
    return result.content.map((part) => (part as vscode.LanguageModelTextPart).value).join("");
  }

  it("run a script", async () => {
    assert.match(await invoke(toolNames.run, { script }), /double-free/);
  });

  it("explain a problem, also one that is none", async () => {
    assert.match(await invoke(toolNames.explainProblem, { id: "leak" }), /leak/i);
    assert.match(await invoke(toolNames.explainProblem, { id: "x" }), /no problem with the id x/);
  });

  it("translate an address, and say what is none", async () => {
    assert.match(await invoke(toolNames.translate, { script, address: "0x1004" }), /0x14004/);
    assert.match(await invoke(toolNames.translate, { script, address: "here" }), /no address/);
  });
});
