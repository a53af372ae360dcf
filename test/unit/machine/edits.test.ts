import assert from "node:assert/strict";
import { parse } from "../../../src/language/parsing/parser";
import { parseLine } from "../../../src/language/parsing/statements";
import type { Statement } from "../../../src/language/parsing/syntax";
import { History } from "../../../src/machine/run/History";
import { defaultMachineOptions } from "../../../src/machine/run/options";
import { fingerprint } from "./fingerprint";

const script = 'heap 4KiB\na = alloc 16\nb = alloc 16\nwrite a "good"\nread a 4\nfree a\nfree b\n';

function statement(text: string): Statement {
  const parsed = parseLine(text);
  assert.equal(parsed.kind, "statement");
  return (parsed as { readonly statement: Statement }).statement;
}

describe("edits between two steps", () => {
  const edited = (position: number, text: string): History =>
    new History(parse(script), {
      ...defaultMachineOptions,
      edits: [{ position, line: 3, statement: statement(text) }],
    });

  it("are no steps, and are there from their position on", () => {
    const history = edited(4, 'write a "evil"');
    history.seek(3);
    const bytesOfA = (): string => Buffer.from(history.state.peek(history.state.handle("a")!.address, 4)!).toString();
    assert.notEqual(bytesOfA(), "evil");
    history.seek(4);
    assert.equal(history.position, 4);
    assert.equal(bytesOfA(), "evil");
    history.seek(5);
    assert.deepEqual(history.record?.value, {
      kind: "bytes",
      address: history.state.handle("a")!.address,
      bytes: new TextEncoder().encode("evil"),
    });
  });

  it("damage what they hit, which the machine reports", () => {
    const history = edited(3, "fill a 40 0xff");
    history.seek(3);
    assert.deepEqual(
      history.problems.map(({ id, step }) => [id, step]),
      [
        ["heap-overflow", 3],
        ["heap-corruption", 3],
      ],
    );
  });

  it("give the same state however it is reached", () => {
    const history = edited(3, "fill a 40 0xff");
    const forward: unknown[] = [];
    for (let position = 0; position <= 7; position++) {
      history.seek(position);
      forward.push(fingerprint(history));
    }
    for (let position = 7; position >= 0; position--) {
      history.seek(position);
      assert.deepEqual(fingerprint(history), forward[position]);
    }
  });
});
