import assert from "node:assert/strict";
import type { WorkHost } from "../../../../src/language/coroutines";
import { LifetimeReplay } from "../../../../src/inspector/lifetimes/LifetimeReplay";
import { parse } from "../../../../src/language/parsing/parser";
import { History } from "../../../../src/machine/run/History";
import { recordScript } from "./recorded";
import { eagerHost } from "../../../harness/eagerHost";
import { openMachine } from "../openMachine";

const script = "repeat 3000\n  a = alloc 8\n  free a\nend";

/** Slices of 1984 steps: each look at the clock takes a millisecond, and a look follows 64 steps. */
function sliced(pause: () => Promise<void>): WorkHost {
  let time = 0;
  return { ...eagerHost, sliceMilliseconds: 31, now: () => time++, pause };
}

describe("The recording of a run, made when somebody asks", () => {
  it("goes as far as the history has, moves it nowhere, and goes on later", async () => {
    const history = new History(parse(script));
    const replay = new LifetimeReplay(history, openMachine);
    let pauses = 0;
    const host = sliced(() => {
      pauses++;
      return Promise.resolve();
    });
    history.run(10);
    history.seek(4);
    await replay.advance(Infinity, host);
    assert.deepEqual([replay.recorder.reached, replay.isComplete, history.position, pauses], [10, true, 4, 0]);
    history.run(100_000);
    assert.equal(replay.isComplete, false);
    await replay.advance(5000, host);
    assert.deepEqual([replay.recorder.reached, replay.isComplete, pauses], [5010, false, 2]);
    await replay.advance(Infinity, host);
    assert.deepEqual(replay.recorder.lives, recordScript(script).recorder.lives);
  });

  it("stops when nobody waits, and loses nothing", async () => {
    const history = new History(parse(script));
    history.run(6000);
    const replay = new LifetimeReplay(history, openMachine);
    await assert.rejects(
      replay.advance(
        6000,
        sliced(() => Promise.reject(new Error("The panel is hidden."))),
      ),
      /hidden/,
    );
    assert.equal(replay.recorder.reached, 1984);
    await replay.advance(Infinity, eagerHost);
    assert.deepEqual([replay.recorder.reached, replay.isComplete], [6000, true]);
  });
});
