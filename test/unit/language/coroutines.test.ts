import assert from "node:assert/strict";
import { drive, runToEnd, SharedWork, takesLong, type Work, type WorkHost } from "../../../src/language/coroutines";

/** A host on which each look at the clock takes a millisecond, which notes its pauses and the progress. */
class NotingHost implements WorkHost {
  readonly notes: (string | number)[] = [];
  private time = 0;

  constructor(
    readonly sliceMilliseconds: number,
    private readonly mostPauses = Infinity,
  ) {}

  now(): number {
    return this.time++;
  }

  pause(): Promise<void> {
    this.notes.push("pause");
    return this.mostPauses < 0 ? Promise.reject(new Error("hidden")) : Promise.resolve();
  }

  cancelled(): boolean {
    return this.mostPauses < this.notes.filter((note) => note === "pause").length;
  }

  progress(done: number): void {
    this.notes.push(done);
  }
}

describe("driven work", () => {
  let isClosed = false;
  function* work(parts: readonly (typeof takesLong | number | undefined)[]): Work<string> {
    isClosed = false;
    try {
      for (const part of parts) yield part;
      return "result";
    } finally {
      isClosed = true;
    }
  }

  it("pauses after each slice and before what takes long, and reports the last share of a slice", async () => {
    const host = new NotingHost(3);
    assert.equal(await drive(work([0.1, 0.2, undefined, 0.4, takesLong, undefined, takesLong]), host), "result");
    assert.deepEqual(host.notes, [0.2, "pause", 0.4, "pause", "pause"]);
  });

  it("is closed when it is cancelled and when a pause rejects", async () => {
    assert.equal(await drive(work([takesLong, takesLong]), new NotingHost(3, 1)), undefined);
    assert.equal(isClosed, true);
    await assert.rejects(drive(work([takesLong]), new NotingHost(3, -1)), /hidden/);
    assert.equal(isClosed, true);
  });
});

describe("shared work", () => {
  it("is done once, by all who wait", () => {
    let parts = 0;
    const work = new SharedWork(
      (function* () {
        for (; parts < 3; parts++) yield;
        return "result";
      })(),
    );
    const early = work.wait();
    early.next();
    assert.equal(runToEnd(work.wait()), "result");
    assert.equal(runToEnd(early), "result");
    assert.equal(parts, 3);
  });

  it("fails for all who wait, and for those who come later", () => {
    const work = new SharedWork(
      (function* () {
        yield;
        throw new Error("broken");
      })(),
    );
    const early = work.wait();
    early.next();
    assert.throws(() => work.advance(), /broken/);
    assert.throws(() => early.next(), /broken/);
    assert.throws(() => runToEnd(work.wait()), /broken/);
  });
});
