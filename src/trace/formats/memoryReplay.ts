import { textOf } from "../bytes";
import { CallRecorder } from "../calls/CallRecorder";
import { shareOf, type AllocationFormat, type LineParser } from "../format";
import type { OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";

const lineOfThread = /^(\d+): (malloc|calloc|memalign|realloc|free|thread_done) (0x[0-9a-f]+)(?: (.*))?$/i;

/** How many of the numbers after the address are arguments; start and end of the call in nanoseconds may come after them. */
const argumentCounts: Readonly<Record<string, number>> = { malloc: 1, calloc: 2, memalign: 2, realloc: 2, free: 0 };

export const memoryReplay: AllocationFormat = {
  kind: "allocations",
  id: "memory-replay",
  name: "memory_replay",
  source:
    "Android's `memory_replay` and the option `record_allocs` of its malloc debug, with the thread of each request",
  lines:
    "`THREAD: malloc 0xADDRESS BYTES`, `THREAD: calloc 0xADDRESS COUNT BYTES`, `THREAD: memalign 0xADDRESS ALIGNMENT BYTES`, `THREAD: realloc 0xNEW 0xOLD BYTES`, `THREAD: free 0xADDRESS`; `thread_done` and times at the end are passed over",
  expected: "a thread, a colon, a function and an address",
  endings: ["memory_replay"],
  score: (lines) => shareOf(lines, (line) => lineOfThread.test(line)),
  open: (problems) => new MemoryReplayParser(problems),
};

class MemoryReplayParser implements LineParser<OperationBatch> {
  private readonly recorder: CallRecorder;

  constructor(private readonly problems: TraceProblems) {
    this.recorder = new CallRecorder(problems);
  }

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    const match = lineOfThread.exec(textOf(bytes, start, end));
    if (match === null) {
      this.problems.stray(line);
      return;
    }
    const [, thread, name, address] = match;
    if (name === "thread_done") return;
    const args = (match.at(4) ?? "").split(" ").slice(0, argumentCounts[name]);
    const place = { thread: Number(thread), site: -1, line };
    if (name === "free") this.recorder.call(name, [address], "", place, batch);
    else this.recorder.call(name, args, address, place, batch);
  }
}
