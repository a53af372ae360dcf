import { toHex } from "../engine/address";
import type { HeapStats } from "../engine/heap/contract";
import type { HeapOptions } from "../engine/heap/options";
import { toJsonEnd, toJsonStep } from "../machine/records/json";
import type { Problem } from "../machine/problems/Problem";
import { refusedProblem, replayProblems } from "../machine/replay/problems";
import { Replay } from "../machine/replay/Replay";
import type { ReplayedOperation, ReplayReport } from "../machine/replay/report";
import type { AllocationFormat } from "../trace/format";
import { readingRecord, type TraceReading } from "../trace/reading";
import type { TraceRequest } from "../trace/request";
import type { Input } from "./inputs";
import { refuseNoTrace } from "./traces";

interface ReplayRequest {
  /** The formats that the trace may have. */
  readonly candidates: readonly AllocationFormat[];
  readonly request: TraceRequest;
  readonly heap: Partial<HeapOptions>;
  /** Takes the JSON record of each operation; true asks for a `flush`. Null: no record is made. */
  readonly onRecord: ((record: object) => boolean) | null;
  flush(): Promise<void>;
}

interface ReplayOutcome {
  readonly operations: number;
  /** How the trace was read; null when it was empty. */
  readonly reading: TraceReading | null;
  readonly stats: HeapStats;
  readonly problems: readonly Problem[];
  /** The end record of `--json`. */
  readonly end: object;
}

/** Streams a trace through a heap; a trace of any length needs the memory of its live blocks only. */
export async function replayTrace(file: Input, request: ReplayRequest): Promise<ReplayOutcome> {
  const { candidates, onRecord } = request;
  const state = { isFull: false };
  const onOperation = (operation: ReplayedOperation): void => {
    state.isFull = onRecord?.(stepRecord(operation)) === true || state.isFull;
  };
  const replay = new Replay(request.heap, candidates, onRecord === null ? null : onOperation, request.request);
  for await (const chunk of file.chunks()) {
    replay.feed(chunk);
    if (replay.isOver) break;
    if (state.isFull) await request.flush();
    state.isFull = false;
  }
  const report = replay.finish();
  refuseNoTrace(file, report);
  const problems = replayProblems(report);
  const { operations, reading, stats } = report;
  return { operations, reading, stats, problems, end: endRecord(replay.heap.options.name, report, problems) };
}

/** One operation in the shape of a script's step. */
function stepRecord(operation: ReplayedOperation): object {
  const { step, line, op, ok, address, size, searched, refusal } = operation;
  return toJsonStep({
    step,
    line,
    text: textOf(operation),
    op,
    ok,
    value: { kind: "allocation", address, size, searched },
    events: [],
    problems: refusal === null ? [] : [refusedProblem({ line, op, refusal })],
  });
}

/** The operation as a script would say it, without names. */
function textOf({ op, address, size }: ReplayedOperation): string {
  if (op === "free") return `free ${toHex(address ?? 0)}`;
  return op === "realloc" ? `realloc ${size}` : `alloc ${size}`;
}

function endRecord(heap: string, report: ReplayReport, problems: readonly Problem[]): object {
  const { format, reading, operations, counts, stats, problemCount, refusedCount, live } = report;
  return {
    ...toJsonEnd({ steps: operations, problems, heaps: { [heap]: stats } }),
    format: format?.id ?? null,
    reading: reading && readingRecord(reading, operations),
    counts,
    problemCount: problemCount + refusedCount + live.length,
    live: {
      blocks: report.liveBlocks,
      bytes: report.liveBytes,
      sites: live.map((site) => ({ ...site, line: site.line + 1 })),
    },
  };
}
