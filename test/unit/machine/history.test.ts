import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { Machine } from "../../../src/machine/run/Machine";
import { fingerprint } from "./fingerprint";

const examples = join(__dirname, "../../../media/examples");

/** Heaps, pools, pages, mistakes, moves and loops in one script. */
const everything = `
heap main 64KiB order=lifo
pool nodes 32 x 8
vm page=256 frames=8
repeat 40 as i
  a[i] = alloc 10 + i * 3
  fill a[i] sizeof(a[i]) i
end
repeat 20 as i
  free a[i * 2]
  free a[i * 2]
end
repeat 6 as i
  n[i] = alloc 32 from=nodes
  write n[i] "node"
  map i
  store i * 256 i + 1
end
last = a[39]
a[39] = realloc a[39] 4000
write last "dangling"
defrag
unmap 2
load 512
reset nodes
n[0] = alloc 16 from=nodes
destroy nodes
b = alloc 5
b = alloc 6
fill a[1] 40 0xff
check
repeat 100 as i
  x = i * i
  c = alloc 100
  free c
end
`;

function at(text: string, position: number): Machine {
  const machine = new Machine(parse(text));
  machine.run(position);
  return machine;
}

/** Walks to each position in turn and compares the place with a fresh run. */
function checkWalk(text: string, positions: readonly number[]): void {
  const history = new History(parse(text));
  for (const position of positions) {
    history.seek(position);
    const fresh = at(text, position);
    assert.equal(history.position, Math.min(position, fresh.state.step));
    assert.deepEqual(fingerprint(history), fingerprint(fresh));
    assert.equal(history.finished, fresh.finished);
    assert.equal(history.record?.step ?? 0, history.position);
  }
}

describe("history", () => {
  it("steps back one by one through a script of everything, on states equal to fresh runs", () => {
    const history = new History(parse(everything));
    const forward: unknown[] = [fingerprint(history)];
    const records: unknown[] = [undefined];
    for (let record = history.stepForward(); record !== undefined; record = history.stepForward()) {
      forward.push(fingerprint(history));
      records.push(record);
    }
    const last = history.position;
    assert.equal(history.reached, last);
    assert.ok(history.problems.length > 20);
    for (let position = last - 1; position >= 0; position--) {
      assert.equal(history.stepBack(), true);
      assert.equal(history.position, position);
      assert.deepEqual(fingerprint(history), forward[position]);
      assert.deepEqual(history.record, records[position]);
    }
    assert.equal(history.stepBack(), false);
    assert.equal(history.reached, last);
    for (let position = 1; position <= last; position++) {
      history.stepForward();
      assert.deepEqual(fingerprint(history), forward[position]);
    }
    assert.equal(history.finished, true);
  });

  it("lands at random positions, in any order, on states equal to fresh runs", () => {
    const length = at(everything, 1e9).state.step;
    fc.assert(
      fc.property(fc.array(fc.nat(length + 20), { maxLength: 12 }), (positions) => {
        checkWalk(everything, positions);
      }),
      { numRuns: 60 },
    );
  });

  it("goes through the trace of a real program both ways", () => {
    const text = readFileSync(join(examples, "sqlite.memscript"), "utf8");
    const history = new History(parse(text));
    history.seek(1000);
    history.seek(0);
    assert.deepEqual(fingerprint(history), fingerprint(at(text, 0)));
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { minLength: 2, maxLength: 4 }), (positions) => {
        checkWalk(text, positions);
      }),
      { numRuns: 5 },
    );
  });

  it("keeps a bounded number of checkpoints over a long run", () => {
    const history = new History(parse("repeat 30000 as i\n  a = alloc 16\n  free a\nend"));
    assert.equal(history.run(1e9), 60_000);
    assert.ok(history.checkpointCount <= 1024);
    history.seek(12_345);
    assert.equal(history.position, 12_345);
    assert.equal(history.record?.step, 12_345);
    assert.equal(history.reached, 60_000);
  });

  it("stops at the program's end when more is sought", () => {
    const history = new History(parse("a = alloc 8\nfree a"));
    history.seek(99);
    assert.equal(history.position, 2);
    assert.equal(history.finished, true);
    assert.equal(history.stepForward(), undefined);
    history.seek(-5);
    assert.equal(history.position, 0);
    assert.equal(history.record, undefined);
  });
});
