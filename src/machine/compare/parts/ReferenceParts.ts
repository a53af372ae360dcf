import { whyNoCache } from "../../../engine/cache/geometry";
import { Future } from "../../../engine/replacement/Future";
import { englishWords } from "../../../language/Words";
import { tellCacheRefusal } from "../../problems/hardwareRefusals";
import { ReferenceReplay, type ReferenceReplayOptions, type ReferenceReport } from "../../replay/ReferenceReplay";
import { looksAhead, plainReplacement } from "../../verbs/vmDeclaration";
import { comparedParts, type ComparedPart, type HardwarePart, type PolicyChoice, type PolicyOf } from "./parts";
import { rowOf, sizeOf, type PartComparison, type RefusedPolicy, type RowOf } from "./rows";

/** The parts that references of a trace go through. */
export function partsOf({ vm, caches }: ReferenceReplayOptions): ReadonlySet<ComparedPart> {
  const present = new Set<ComparedPart>();
  if (vm !== null) present.add("replacement");
  if (vm !== null && vm.options.tlb !== null) present.add("tlb");
  if (caches.length > 0) present.add("cache");
  return present;
}

/** One policy's replay while it is under way. */
interface Run<Part extends HardwarePart> {
  readonly policy: PolicyOf[Part];
  readonly replay: ReferenceReplay;
  milliseconds: number;
}

/** The policies of one part side by side. */
class PartRuns<Part extends HardwarePart> {
  readonly runs: readonly Run<Part>[];
  private readonly refused: readonly RefusedPolicy[];

  constructor(
    private readonly part: Part,
    policies: readonly PolicyOf[Part][],
    private readonly options: ReferenceReplayOptions,
    future: Future | null,
    private readonly now: () => number,
  ) {
    const refusals = policies.map((policy) => ({ policy, reason: whyNot(part, policy, options, future) }));
    this.refused = refusals.filter((each): each is typeof each & RefusedPolicy => each.reason !== null);
    const possible = refusals.filter(({ reason }) => reason === null);
    this.runs = possible.map(({ policy }) => {
      return { policy, replay: new ReferenceReplay(withPolicy(part, policy, options), future), milliseconds: 0 };
    });
  }

  feed(chunk: Uint8Array): void {
    for (const run of this.runs) {
      const start = this.now();
      run.replay.feed(chunk);
      run.milliseconds += this.now() - start;
    }
  }

  finish(): { readonly compared: PartComparison; readonly reports: readonly ReferenceReport[] } {
    const { part, options, refused } = this;
    const reports: ReferenceReport[] = [];
    const rows: RowOf[Part][] = [];
    let size: PartComparison["size"] = null;
    for (const { policy, replay, milliseconds } of this.runs) {
      const report = replay.finish();
      reports.push(report);
      const memory = { vm: replay.vm, caches: replay.caches, uncached: null, latencies: options.latencies };
      const errors = report.problemCount + report.refusedCount;
      const row = rowOf(part, policy, memory, { errors, milliseconds });
      if (row !== null) rows.push(row);
      size ??= sizeOf(part, memory);
    }
    return { compared: { part, rows, refused, size } as unknown as PartComparison, reports };
  }
}

/**
 * Replays a trace of memory references under all chosen policies side by side: each chunk goes to every memory before the
 * next one is read. Under the policies of one part the rest of the memory is as the options say.
 */
export class ReferenceParts {
  private readonly parts: readonly PartRuns<HardwarePart>[];

  /**
   * @param pages those of all references, for the policies that look ahead; null where they are not known
   * @param now gives milliseconds of a steady clock
   */
  constructor(options: ReferenceReplayOptions, choice: PolicyChoice, pages: Float64Array | null, now: () => number) {
    const timed = { ...options, isTimed: true };
    const names = [...(choice.replacement ?? []), ...(options.vm?.replacement ? [options.vm.replacement.name] : [])];
    const future = pages !== null && names.some(looksAhead) ? new Future(pages) : null;
    const chosen = comparedParts.filter((part): part is HardwarePart => part !== "heap" && choice[part] !== undefined);
    this.parts = chosen.map((part) => new PartRuns(part, choice[part] ?? [], timed, future, now));
  }

  /** References replayed so far under each policy. */
  get references(): number {
    return this.parts.at(0)?.runs.at(0)?.replay.references ?? 0;
  }

  /** The next piece of the trace, decompressed. */
  feed(chunk: Uint8Array): void {
    for (const part of this.parts) part.feed(chunk);
  }

  /** Ends the trace. Call it once, after the last chunk. The report is the first replay's; null without any. */
  finish(): { readonly parts: readonly PartComparison[]; readonly report: ReferenceReport | null } {
    const finished = this.parts.map((part) => part.finish());
    return {
      parts: finished.map(({ compared }) => compared),
      report: finished.flatMap(({ reports }) => reports).at(0) ?? null,
    };
  }
}

function whyNot(
  part: HardwarePart,
  policy: string,
  options: ReferenceReplayOptions,
  future: Future | null,
): string | null {
  if (part === "replacement" && future === null && (policy === "opt" || policy === "unopt")) {
    return "It looks ahead, and the trace has too many references for that.";
  }
  if (part !== "cache") return null;
  const { caches } = withPolicy("cache", policy as PolicyOf["cache"], options);
  const refusal = caches.map(whyNoCache).find((each) => each !== null) ?? null;
  return refusal === null ? null : `${tellCacheRefusal(refusal, englishWords)}.`;
}

/** The memory with one policy changed. */
function withPolicy<Part extends HardwarePart>(
  part: Part,
  policy: PolicyOf[Part],
  options: ReferenceReplayOptions,
): ReferenceReplayOptions {
  const { vm, caches } = options;
  if (part === "cache") {
    return { ...options, caches: caches.map((cache) => ({ ...cache, policy: policy as PolicyOf["cache"] })) };
  }
  if (vm === null) return options;
  if (part === "replacement") {
    const replacement = { ...(vm.replacement ?? plainReplacement("lru")), name: policy as PolicyOf["replacement"] };
    return { ...options, vm: { ...vm, replacement } };
  }
  const { tlb } = vm.options;
  if (tlb === null) return options;
  return { ...options, vm: { ...vm, options: { ...vm.options, tlb: { ...tlb, policy: policy as PolicyOf["tlb"] } } } };
}
