import { lostBlocks } from "../../../src/machine/leaks/lostBlocks";
import { englishWords } from "../../../src/language/Words";
import * as assert from "node:assert/strict";
import type { MomentReader, ReadableRun, Synchronous } from "../../../src/machine/run/readers";
import { explainStep } from "../../../src/machine/inspect/explainLine";
import { HandleStates } from "../../../src/machine/inspect/handleStates";
import { History } from "../../../src/machine/run/History";
import { defaultLimits } from "../../../src/machine/run/limits";
import { parse } from "../../../src/language/parsing/parser";
import { runScript } from "./runScript";

function statesOf(text: string): HandleStates {
  const { machine, problems } = runScript(text);
  const states = new HandleStates(new Set(problems.flatMap(lostBlocks)));
  const { allocations } = machine.state;
  // In two parts, as somebody who pauses takes them.
  states.add(allocations, 0, 2);
  states.add(allocations, 2, allocations.length);
  return states;
}

describe("HandleStates", () => {
  it("tell what a handle is after each step", () => {
    const states = statesOf("a = alloc 8\nb = alloc 8\nfree a\na = alloc 16\nfree a");
    const at = (name: string): (string | undefined)[] => [1, 2, 3, 4, 5].map((step) => states.stateAt(name, step));
    assert.deepEqual(at("a"), ["live", "live", "freed", "live", "freed"]);
    assert.deepEqual(at("b"), [undefined, "leaked", "leaked", "leaked", "leaked"]);
    assert.equal(states.stateAt("c", 5), undefined);
    assert.equal(states.lastOn(3)?.requested, 16);
  });

  it("know a block that realloc moved, until the handle gets the new one", () => {
    const states = statesOf("a = alloc 8\nw = alloc 8\nc = realloc a 5000\nfree c\nfree w");
    assert.equal(states.stateAt("a", 2), "live");
    assert.equal(states.stateAt("a", 3), "moved");
    assert.equal(states.stateAt("c", 3), "live");
  });

  it("take the element bound last for an array", () => {
    const states = statesOf("repeat 2 as i\nb[i] = alloc 8\nend\nfree b[0]\nfree b[1]");
    assert.equal(states.stateAt("b", 3), "live");
    assert.equal(states.stateAt("b", 1000), "freed");
  });
});

describe("explainStep", () => {
  it("tells the story, the problems and what changed", () => {
    const program = parse("heap main 4KiB\na = alloc 100\nfree a\nfree a");
    const history = new History(program, { limits: defaultLimits, overrides: new Map() });
    const run: ReadableRun = {
      at<T>(position: number, read: (moment: MomentReader) => Synchronous<T>): T {
        history.seek(position);
        return read(history);
      },
    };
    const text = explainStep(run, 2, englishWords).join("\n");
    assert.match(text, /^Step 2: /);
    assert.match(text, /heap main: 0 bytes used, .* -> 100 bytes used/);
    assert.match(text, /handle a: nothing -> 0x[0-9a-f]+, live/);
    const second = explainStep(run, 4, englishWords).join("\n");
    assert.match(second, /Problem double-free: /);
    assert.match(second, /Line 2: `a` was allocated here/);
    assert.match(second, /Nothing changed\./);
    assert.deepEqual(explainStep(run, 0, englishWords), []);
  });
});
