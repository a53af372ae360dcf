import assert from "node:assert/strict";
import { VariableStore, type Children } from "../../../src/debug/variables/store";
import { listOf, pageOf } from "../../../src/machine/inspect/node";

const letters = ["a", "b", "c", "d", "e"];
const list = listOf(
  letters.length,
  () => letters,
  (name) => ({ name, value: "" }),
);
const children: Children = {
  named: () => [
    { name: "n0", value: "" },
    { name: "n1", value: "" },
  ],
  indexed: {
    count: letters.length,
    page: (start, count) => pageOf(list, start, count),
  },
};

describe("paged variables", () => {
  const cases: [Record<string, unknown>, string][] = [
    [{}, "n0 n1 a b c d e"],
    [{ filter: "named" }, "n0 n1"],
    [{ filter: "named", start: 1, count: 5 }, "n1"],
    [{ filter: "indexed" }, "a b c d e"],
    [{ filter: "indexed", start: 1, count: 2 }, "b c"],
    [{ filter: "indexed", start: 4, count: 9 }, "e"],
    [{ filter: "indexed", start: 5, count: 9 }, ""],
    [{ filter: "indexed", start: 1, count: 0 }, "b c d e"],
    [{ start: 1, count: 3 }, "n1 a b"],
    [{ start: 3, count: 2 }, "b c"],
    [{ start: 99, count: 2 }, ""],
  ];
  for (const [args, names] of cases) {
    it(`${JSON.stringify(args)} gives '${names}'`, () => {
      const store = new VariableStore();
      const variablesReference = store.reference(() => children);
      const variables = store.variables({ variablesReference, ...args }, false);
      assert.equal(variables.map((variable) => variable.name).join(" "), names);
    });
  }

  it("forgets references when the run goes on and never uses a number again", () => {
    const store = new VariableStore();
    const old = store.reference(() => children);
    store.clear();
    assert.throws(() => store.variables({ variablesReference: old }, false), /not valid any more/);
    assert.notEqual(
      store.reference(() => children),
      old,
    );
  });
});
