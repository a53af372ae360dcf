import type { Work } from "../../language/coroutines";
import { allocationFormats, formats, referenceFormats } from "../../trace/formats";
import { Head } from "../../trace/head";
import type { TraceProblem } from "../../trace/problems";
import { recognise } from "../../trace/recognise";
import type { TraceRequest } from "../../trace/request";
import { readCacheText, readVmText } from "./declarations";
import { ReferenceReplay, type ReferenceReplayOptions, type ReferenceReport } from "./ReferenceReplay";
import { Replay } from "./Replay";
import type { ReplayReport } from "./report";

/** The memory of a summary: what the command line takes when nothing is said, and a first-level cache of today. */
const summaryVm = "replacement=lru";
const summaryCache = "L1 32KiB ways=8 line=64";
/** Bytes between two yields: a fraction of a millisecond. */
const pieceLength = 4096;

/** What a trace comes to under the defaults. */
export type SummaryFacts =
  | { readonly kind: "allocations"; readonly report: ReplayReport; readonly policy: string }
  | {
      readonly kind: "references";
      readonly report: ReferenceReport;
      readonly frames: number;
      readonly hasCaches: boolean;
    }
  /** The file is no trace, or has no operation that can be read. */
  | { readonly kind: "none"; readonly problem: TraceProblem };

type Player =
  | { readonly kind: "allocations"; readonly replay: Replay }
  | {
      readonly kind: "references";
      readonly replay: ReferenceReplay;
      readonly frames: number;
      readonly hasCaches: boolean;
    };

/** Replays a trace of any format under the defaults. It comes in chunks of decompressed bytes. No input makes it throw. */
export class TraceSummary {
  private readonly head = new Head();
  private player: Player | null = null;

  /** @param name of the file, whose ending helps to recognise the format */
  constructor(private readonly name: string) {}

  /** Takes a chunk, with yields. */
  *read(chunk: Uint8Array): Work<void> {
    if (this.player !== null) yield* this.play(this.player, chunk);
    else if (this.head.add(chunk)) yield* this.start();
  }

  /** Ends the trace, with yields. Call it once, after the last chunk. */
  *finish(): Work<SummaryFacts> {
    const player = this.player ?? (yield* this.start());
    yield;
    if (player.kind === "references") {
      const report = player.replay.finish();
      const { frames, hasCaches } = player;
      return none(report.references, report.problems) ?? { kind: "references", report, frames, hasCaches };
    }
    const report = player.replay.finish();
    const { policy } = player.replay.heap.options;
    return none(report.operations, report.problems) ?? { kind: "allocations", report, policy };
  }

  private *start(): Work<Player> {
    const bytes = this.head.take();
    this.player = this.choose(bytes);
    yield* this.play(this.player, bytes);
    return this.player;
  }

  private *play({ replay }: Player, chunk: Uint8Array): Work<void> {
    for (let from = 0; from < chunk.length; from += pieceLength) {
      replay.feed(chunk.subarray(from, from + pieceLength));
      yield;
    }
  }

  private choose(bytes: Uint8Array): Player {
    const request: TraceRequest = { name: this.name };
    const found = recognise(bytes, formats, request)?.format;
    if (found?.kind !== "references")
      return { kind: "allocations", replay: new Replay({}, allocationFormats, null, request) };
    // Caches take numbers as addresses: where that would change what the numbers are, there are none.
    const hasCaches = recognise(bytes, formats, { ...request, hasCaches: true })?.format === found;
    const options = referenceOptions(request, hasCaches);
    const frames = options.vm?.options.frames ?? 0;
    return { kind: "references", replay: new ReferenceReplay(options), frames, hasCaches };
  }
}

function referenceOptions(request: TraceRequest, hasCaches: boolean): ReferenceReplayOptions {
  const vm = readVmText(summaryVm);
  const caches = readCacheText(hasCaches ? summaryCache : "");
  if ("message" in vm) throw new Error(vm.message);
  if ("message" in caches) throw new Error(caches.message);
  return { formats: referenceFormats, request, vm, ...caches };
}

function none(operations: number, problems: readonly TraceProblem[]): SummaryFacts | null {
  if (operations > 0) return null;
  return { kind: "none", problem: problems.at(0) ?? { line: 0, message: "The trace is empty." } };
}
