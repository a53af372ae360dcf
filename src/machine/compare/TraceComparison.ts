import { eventKindNumber } from "../../engine/events";
import type { HeapOptions } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { AllocationFormat } from "../../trace/format";
import { allocationFormats } from "../../trace/formats";
import type { TraceRequest } from "../../trace/request";
import { Replay } from "../replay/Replay";
import type { ReplayedOperation, ReplayReport } from "../replay/report";
import { DifferenceFinder } from "./DifferenceFinder";
import { Measures } from "./Measures";
import { noValue, refused, ResultLog } from "./ResultLog";
import { comparisonOf, type Comparison, type Difference } from "./rows";

const splitEvent = eventKindNumber("split");
const coalesceEvent = eventKindNumber("coalesce");

/** One policy's replay while it is under way. */
interface Run {
  readonly policy: HeapPolicy;
  readonly replay: Replay;
  readonly measures: Measures;
  /** Null for the base run. */
  readonly finder: DifferenceFinder | null;
  difference: Difference | null;
  milliseconds: number;
}

/** How the trace is read. */
export interface TraceSource {
  /** The formats that it may have. */
  readonly candidates: readonly AllocationFormat[];
  readonly request?: TraceRequest;
}

/**
 * Replays a trace under all policies side by side: each chunk goes to every heap before the next is read, so that the
 * file is unpacked once and no more than one chunk's results are kept.
 */
export class TraceComparison {
  private readonly base = new ResultLog();
  private readonly runs: readonly Run[];

  /** `now` gives milliseconds of a steady clock; `options` are those of a policy's heap, the policy aside. */
  constructor(
    policies: readonly HeapPolicy[],
    private readonly now: () => number,
    options: (policy: HeapPolicy) => Partial<HeapOptions> = () => ({}),
    { candidates, request }: TraceSource = { candidates: allocationFormats },
  ) {
    this.runs = policies.map((policy, index) => {
      const measures = new Measures();
      const finder = index === 0 ? null : new DifferenceFinder(this.base, () => "");
      const note = (operation: ReplayedOperation): void => this.note(run, operation, policies[0]);
      const replay = new Replay({ ...options(policy), policy }, candidates, note, request);
      const run: Run = { policy, replay, measures, finder, difference: null, milliseconds: 0 };
      return run;
    });
  }

  /** Operations replayed so far under each policy. */
  get operations(): number {
    return this.runs.at(0)?.replay.operations ?? 0;
  }

  /** Whether it is known to be no trace: the rest need not be read. */
  get isOver(): boolean {
    return this.runs.every(({ replay }) => replay.isOver);
  }

  /** The next piece of the trace, decompressed. */
  feed(chunk: Uint8Array): void {
    this.base.clear();
    for (const run of this.runs) this.timed(run, () => run.replay.feed(chunk));
  }

  /** Ends the trace. Call it once, after the last chunk. The report is the first replay's. */
  finish(): { readonly comparison: Comparison; readonly report: ReplayReport } {
    this.base.clear();
    const reports = this.runs.map((run) => this.timed(run, () => run.replay.finish()));
    const rows = this.runs.map(({ policy, replay, measures, milliseconds }, index) => {
      const { refusedCount, problemCount } = reports[index];
      return measures.row(policy, [replay.heap], { faults: 0, errors: refusedCount + problemCount, milliseconds });
    });
    const differences = this.runs.map(({ difference }) => difference);
    return { comparison: comparisonOf(rows, differences), report: reports[0] };
  }

  private timed<Value>(run: Run, work: () => Value): Value {
    const start = this.now();
    const value = work();
    run.milliseconds += this.now() - start;
    return value;
  }

  private note(run: Run, operation: ReplayedOperation, base: HeapPolicy): void {
    const { replay, measures, finder } = run;
    const { heap } = replay;
    const { op, address, size, line, isRefused } = operation;
    measures.splits += heap.log.count(splitEvent);
    measures.coalesces += heap.log.count(coalesceEvent);
    let result = noValue;
    if (isRefused) {
      result = refused;
      measures.failures++;
    } else if (address !== null && (op === "alloc" || op === "realloc")) {
      result = address;
      measures.noteServed(address, size, heap, [heap]);
    }
    if (finder === null) {
      this.base.push(result, line, 0);
      return;
    }
    const parting = finder.note(result, line, 0);
    if (parting === null) return;
    run.difference = { policy: run.policy, base, text: op === "free" ? op : `${op} ${size}`, ...parting };
  }
}
