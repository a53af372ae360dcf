import assert from "node:assert/strict";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { TestClient } from "./harness";

const script = `heap main 4KiB
a = alloc 100
b = alloc 50
write a "one"
write b "two"
free a
defrag
write b "three"
free b
free b
`;

async function started(text = script): Promise<TestClient> {
  const client = new TestClient(text);
  await client.launch();
  await client.run("configurationDone");
  client.forgetTranscript();
  return client;
}

describe("travel requests", () => {
  it("lead to the events in the life of a block, back and forth", async () => {
    const client = await started();
    await client.run("memscript/travel", { step: "end" });
    await client.run("memscript/travel", { handle: "b", kinds: ["write"], direction: "back" });
    await client.request("stackTrace", { threadId: 1 });
    await client.run("memscript/travel", { handle: "b", kinds: ["write"], direction: "back" });
    await client.request("memscript/travel", { handle: "b", kinds: ["write"], direction: "back" });
    client.comment("nothing was written before: the script stands where it stood");
    await client.request("memscript/state");
    await client.run("memscript/travel", { address: "0x100a8", kinds: ["move"], direction: "forward" });
    await client.run("memscript/travel", { handle: "b", kinds: ["free"], direction: "forward" });
    await client.run("memscript/travel", { handle: "b", kinds: ["allocation"], direction: "back" });
    await client.run("next", { threadId: 1 });
    await client.request("disconnect");
    client.expectGolden("travel-through-the-life-of-a-block");
  });

  it("lead to the next and the previous event of a kind", async () => {
    const client = await started();
    await client.run("memscript/travel", { query: "coalesces", direction: "forward" });
    await client.run("memscript/travel", { query: "problems", direction: "forward" });
    await client.run("memscript/travel", { query: "splits", direction: "back" });
    await client.run("memscript/travel", { query: "splits", direction: "back" });
    await client.run("memscript/travel", { step: 4 });
    await client.run("memscript/travel", { step: 6, event: { line: 6, name: "Free", text: "told by the client" } });
    await client.request("stackTrace", { threadId: 1 });
    await client.run("memscript/travel", { step: "start" });
    client.expectGolden("travel-to-kinds-of-events");
  });

  it("tell what is wrong with them", async () => {
    const client = await started();
    await client.request("memscript/travel", {});
    await client.request("memscript/travel", { query: "writs" });
    await client.request("memscript/travel", { handle: "nobody" });
    await client.request("memscript/travel", { address: "somewhere" });
    await client.request("memscript/travel", { query: "frees", kinds: ["nonsense"] });
    await client.request("memscript/travel", { step: -1 });
    await client.request("memscript/travel", { query: "reads nobody" });
    await client.request("memscript/travel", { query: "frees > 1000", direction: "back" });
    await client.request("memscript/travel", { query: "events", kinds: ["fault", "eviction"] });
    client.expectGolden("travel-failures-are-told");
  });

  it("can be given up while they look through a long run", async () => {
    const client = await started("repeat 100000\n  a = alloc 8\n  free a\nend\n");
    const search = client.request("memscript/travel", { query: "problems" });
    await client.request("memscript/stopTravel");
    const response = await search;
    assert.equal(response.success, false);
    assert.match(String(response.message), /given up/);
    const state = (await client.request("memscript/state")).body as { readonly step: number };
    assert.equal(state.step, 0);
  });

  it("leave a script alone that moved on meanwhile", async () => {
    const client = await started("repeat 100000\n  a = alloc 8\n  free a\nend\n");
    const search = client.request("memscript/travel", { query: "problems" });
    await client.run("next", { threadId: 1 });
    const response: DebugProtocol.Response = await search;
    assert.equal(response.success, false);
  });
});
