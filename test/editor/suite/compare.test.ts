import assert from "node:assert/strict";
import * as vscode from "vscode";
import { heapPolicies } from "../../../src/engine/heap/options";
import { ComparedMemory } from "../../../src/editor/panel/compared";
import type { CompareView } from "../../../src/inspector/compareView";
import { eventually, openScript } from "./script";

const script = `heap 1000 header=0 align=1 min=1 base=0x1000
a = alloc 100
b = alloc 10
c = alloc 50
d = alloc 10
free a
free c
e = alloc 50
`;

const compare = (uri: vscode.Uri, policies: readonly string[]): Thenable<CompareView | undefined> =>
  vscode.commands.executeCommand("memscript.comparePolicies", uri, { policies });

const inspectorTabs = (): vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("memscript.inspector"));

async function writeFile(name: string, text: string): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

describe("Compare Policies", () => {
  it("compares a script under the policies given and opens the panel", async () => {
    const document = await openScript(script);
    const view = await compare(document.uri, ["first-fit", "best-fit"]);
    assert.deepEqual(
      view?.table.rows.map(({ name }) => name),
      ["first-fit", "best-fit", "ideal"],
    );
    assert.deepEqual(
      view.differences.map(({ policy, line, result, baseResult }) => [policy, line, result, baseResult]),
      [["best-fit", 7, "0x106e", "0x1000"]],
    );
    assert.equal(view.hasLines, true);
    await eventually("the panel", () => (inspectorTabs().length === 1 ? true : undefined));
  });

  it("compares what stands in the editor, saved or not", async () => {
    const document = await openScript(script);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(7, 0, 8, 0));
    await vscode.workspace.applyEdit(edit);
    const view = await compare(document.uri, ["first-fit", "best-fit"]);
    assert.deepEqual(view?.differences, []);
  });

  it("replays a recorded trace under every policy", async () => {
    const uri = await writeFile("compared.mtrace", "= Start\n@ a:[0x1] + 0x1000 0x64\n@ a:[0x1] - 0x1000\n= End\n");
    const view = await compare(uri, heapPolicies);
    assert.deepEqual(
      view?.table.rows.map(({ name }) => name),
      [...heapPolicies, "ideal"],
    );
    assert.equal(view.title, "compared.mtrace");
  });

  it("compares page replacement and lookaside buffers of a script, and no heap that is not there", async () => {
    const { uri } = await openScript(
      'vm frames=3 replacement=clock tlb=2\nreference "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1"\n',
    );
    const view = await compare(uri, ["fifo", "lru", "opt", "first-fit"]);
    assert.deepEqual(view?.table.rows, []);
    const faults = view.parts?.[0]?.table.rows.map(({ name, values }) => [name, values[0]]);
    assert.deepEqual(faults, [
      ["fifo", 15],
      ["lru", 12],
      ["opt", 9],
    ]);
    const options = { choice: { tlb: ["fifo", "lru"] } };
    const other = await vscode.commands.executeCommand<CompareView>("memscript.comparePolicies", uri, options);
    assert.deepEqual(
      other.parts?.map(({ table }) => table.rows.map(({ name }) => name)),
      [["fifo", "lru"]],
    );
  });

  it("compares the memory that a trace of references goes through", async () => {
    const uri = await writeFile("compared.ref", "1 2 1 3 1\n");
    const options = { choice: { tlb: ["lru", "fifo"] }, vm: "frames=8 tlb=2" };
    const view = await vscode.commands.executeCommand<CompareView>("memscript.comparePolicies", uri, options);
    const misses = view.parts?.[0]?.table.rows.map(({ name, values }) => [name, values[1]]);
    assert.deepEqual(misses, [
      ["lru", 3],
      ["fifo", 4],
    ]);
    assert.deepEqual(view.again, { ...options, cache: "" });
  });

  it("gives nothing for a file that is no trace, and for no policy", async () => {
    const uri = await writeFile("compared.rep", "hello\n");
    assert.equal(await compare(uri, ["first-fit"]), undefined);
    const document = await openScript(script);
    assert.equal(await compare(document.uri, []), undefined);
  });

  it("is kept over a reload of the window until it is closed, and junk in its place is passed over", async () => {
    const stored = new Map<string, unknown>();
    const memento: vscode.Memento = {
      keys: () => [...stored.keys()],
      get: <Value>(key: string, otherwise?: Value) => (stored.get(key) ?? otherwise) as Value,
      update: (key, value) => {
        stored.set(key, value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
        return Promise.resolve();
      },
    };
    const { uri } = await openScript(script);
    const view = (await compare(uri, ["first-fit", "tlsf"]))!;
    const before = new ComparedMemory(memento);
    const told: string[] = [];
    before.onDidChange(() => told.push("changed"));
    await before.show({ uri, view });
    const after = new ComparedMemory(memento).current;
    assert.deepEqual([after?.uri.toString(), after?.view], [uri.toString(), view]);
    await before.show(null);
    assert.equal(new ComparedMemory(memento).current, null);
    assert.deepEqual(told, ["changed", "changed"]);
    for (const key of stored.keys()) stored.set(key, { uri: 3, view: {} });
    assert.equal(new ComparedMemory(memento).current, null);
    before.dispose();
  });
});

describe("Compare Pools with Heaps", () => {
  const pools = "pool nodes 64 x 4\na = alloc from=nodes\nfree a\nslab inodes 100\nb = alloc from=inodes\nfree b\n";
  const comparePools = (uri?: vscode.Uri, options?: object): Thenable<CompareView | undefined> =>
    vscode.commands.executeCommand("memscript.comparePools", uri, options);

  it("shows a pool beside every heap in the panel", async () => {
    const { uri } = await openScript(pools);
    const view = await comparePools(uri, { pool: "nodes" });
    assert.deepEqual(
      view?.table.rows.map(({ name }) => name),
      ["pool", "slab", ...heapPolicies, "ideal"],
    );
    assert.deepEqual([view.pool, view.differences, view.paging], ["nodes", [], null]);
    assert.equal(view.table.rows[0].values[0], 64);
    await eventually("the panel", () => (inspectorTabs().length === 1 ? true : undefined));
  });

  it("takes the script in the editor and its only pool without asking", async () => {
    await openScript(pools.slice(0, pools.indexOf("slab")));
    assert.equal((await comparePools())?.pool, "nodes");
  });

  it("gives nothing without a pool, and for a name that is none", async () => {
    const { uri } = await openScript("a = alloc 8\nfree a\n");
    assert.equal(await comparePools(uri), undefined);
    assert.equal(await comparePools((await openScript(pools)).uri, { pool: "other" }), undefined);
  });
});
