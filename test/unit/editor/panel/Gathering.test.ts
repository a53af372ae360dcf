import assert from "node:assert/strict";
import { mock } from "node:test";
import { Gathering } from "../../../../src/editor/panel/Gathering";

describe("Changes that the panel is told of", () => {
  let calls: number;
  let gathering: Gathering;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    calls = 0;
    gathering = new Gathering(() => calls++);
  });
  afterEach(() => mock.timers.reset());

  /** Calls that came within so many milliseconds. */
  function within(milliseconds: number): number {
    const before = calls;
    for (let at = 0; at < milliseconds; at++) mock.timers.tick(1);
    return calls - before;
  }

  it("are told at once, those of one turn together", () => {
    gathering.ask();
    gathering.ask();
    assert.equal(calls, 0);
    assert.equal(within(1), 1);
    assert.equal(within(100), 0);
    gathering.ask();
    assert.equal(within(1), 1);
  });

  it("gather while they follow fast, and none is forgotten", () => {
    gathering.ask();
    assert.equal(within(1), 1);
    gathering.ask();
    assert.equal(within(3), 0);
    gathering.ask();
    assert.equal(within(10), 1);
    gathering.ask();
    assert.equal(within(1), 0);
    assert.equal(within(100), 1);
  });

  it("may be asked for by the call itself", () => {
    gathering = new Gathering(() => {
      if (++calls < 3) gathering.ask();
    });
    gathering.ask();
    assert.equal(within(1), 1);
    assert.equal(within(100), 2);
  });

  it("are told to nobody who has gone", () => {
    gathering.ask();
    gathering.dispose();
    assert.equal(within(100), 0);
  });
});
