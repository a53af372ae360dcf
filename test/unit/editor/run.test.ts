import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { Run, ScriptChanged } from "../../../src/editor/runs/Run";
import { runToEnd } from "../../../src/language/coroutines";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";

const uri = {} as vscode.Uri;
const text = "heap 4096\na = alloc 16\nfree a\nb = alloc 32\n";

function ran(returns = false): { readonly run: Run; readonly history: History } {
  const history = new History(parse(text));
  history.run(Infinity);
  return { run: new Run(uri, () => text, history, returns), history };
}

describe("a run", () => {
  it("is read at any position, wherever another reader has left it", () => {
    const { run } = ran();
    const handles = (position: number): string[] =>
      run.at(position, ({ state }) => [...state.handles()].map(({ name }) => name));
    assert.deepEqual(handles(4), ["a", "b"]);
    assert.deepEqual(handles(0), []);
    assert.deepEqual(handles(2), ["a"]);
    assert.equal(
      run.at(2, ({ record }) => record?.line),
      1,
    );
  });

  it("clamps positions to those that it has reached", () => {
    const { run } = ran();
    assert.equal(
      run.at(99, ({ position }) => position),
      4,
    );
  });

  it("costs nothing where the history stands", () => {
    const { run, history } = ran();
    run.at(2, () => undefined);
    const { executed } = history;
    for (let count = 0; count < 3; count++) run.at(2, ({ state }) => state.step);
    assert.equal(history.executed, executed);
  });

  it("of a debug session stands after a read where it stood, also when the reader throws", () => {
    const { run, history } = ran(true);
    history.seek(3);
    assert.equal(
      run.at(1, ({ state }) => state.step),
      1,
    );
    assert.equal(history.position, 3);
    const fail = (): never => {
      throw new Error("no");
    };
    assert.throws(() => run.at(1, fail), /no/);
    assert.equal(history.position, 3);
  });

  it("cannot be read once its history has gone on with a later version of the script", () => {
    const { run, history } = ran();
    assert.equal(run.isReadable, true);
    assert.equal(runToEnd(history.continueWith(parse(`${text}c = alloc 8\n`))), true);
    assert.equal(run.isReadable, false);
    assert.throws(() => run.at(1, () => undefined), ScriptChanged);
  });

  it("takes no reader that returns a promise", () => {
    const { run } = ran();
    // @ts-expect-error A promise resolves when the history may stand elsewhere.
    void run.at(1, () => Promise.resolve(1));
    // @ts-expect-error The same of a reader that returns one only sometimes.
    void run.at(1, ({ position }) => (position > 0 ? Promise.resolve(1) : 1));
  });
});
