import type { Words } from "../../language/Words";
import type { SummaryFacts } from "../../machine/replay/TraceSummary";
import type { LiveSite, ReplayReport } from "../../machine/replay/report";
import type { ReferenceReport } from "../../machine/replay/ReferenceReplay";

type Reading = ReplayReport["reading"];

/** Call sites of leaks that are listed. */
const mostSites = 100;

export interface TraceFact {
  readonly name: string;
  readonly value: string;
}

/** A call site whose blocks are never freed. */
export interface LeakRow {
  /** Null where the trace has none. */
  readonly site: string | null;
  readonly blocks: string;
  readonly bytes: string;
  /** Of the first block, from 1. */
  readonly line: string;
}

/** What a person who opens a trace sees, in words. */
export interface TraceView {
  /** What the file is, and how it was read. */
  readonly summary: string;
  /** What to be careful about. */
  readonly warnings: readonly string[];
  readonly facts: readonly TraceFact[];
  /** Under what the numbers hold. */
  readonly assumption: string;
  /** Null for traces that have no blocks. */
  readonly leaks: { readonly title: string; readonly rows: readonly LeakRow[]; readonly more: string | null } | null;
  readonly canReplay: boolean;
}

/** `lang` is a BCP 47 language; `isPart` says that only the begin of a large trace was read. */
export function traceView(facts: SummaryFacts, words: Words, lang: string, isPart = false): TraceView {
  const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const count = (value: number): string => numbers.format(value);
  const texts: Texts = { words, count };
  const part = isPart
    ? [words.say("Only the first part of this large trace was read; `memscript replay` reads all of it.")]
    : [];
  switch (facts.kind) {
    case "none": {
      const { line, message } = facts.problem;
      const place = words.say("line {0}", count(line + 1));
      return {
        ...nothing,
        summary: words.say("This file cannot be read as a trace."),
        warnings: [`${message} (${place})`],
      };
    }
    case "allocations": {
      const { report, policy } = facts;
      return {
        summary: summaryOf(report.reading, report.operations, texts),
        warnings: [...part, ...warningsOf(report.reading, report, texts)],
        facts: allocationFacts(report, texts),
        assumption: words.say("Replayed in a heap of policy {0} that grows as needed.", policy),
        leaks: leaksOf(report, texts),
        canReplay: true,
      };
    }
    case "references": {
      const { report, frames, hasCaches } = facts;
      return {
        summary: summaryOf(report.reading, report.references, texts),
        warnings: [...part, ...warningsOf(report.reading, report, texts)],
        facts: referenceFacts(report, texts),
        assumption: hasCaches
          ? words.say(
              "Replayed through pages of 4 KiB, {0} frames under lru, and a cache of 32 KiB with 8 ways.",
              count(frames),
            )
          : words.say("Replayed through pages of 4 KiB and {0} frames under lru.", count(frames)),
        leaks: null,
        canReplay: true,
      };
    }
  }
}

interface Texts {
  readonly words: Words;
  readonly count: (value: number) => string;
}

const nothing: Omit<TraceView, "summary" | "warnings"> = { facts: [], assumption: "", leaks: null, canReplay: false };

function summaryOf(reading: Reading, operations: number, { words, count }: Texts): string {
  const name = reading?.format.name ?? "";
  const number = count(operations);
  const isReferences = reading?.format.kind === "references";
  const numbers = reading?.numbers ?? null;
  if (numbers === null) {
    return isReferences
      ? words.say("{0} memory references, read as {1}.", number, name)
      : words.say("{0} requests to an allocator, read as {1}.", number, name);
  }
  const base = numbers.base === 16 ? words.say("hexadecimal") : words.say("decimal");
  return numbers.unit === "addresses"
    ? words.say("{0} memory references, read as {1} addresses.", number, base)
    : words.say("{0} memory references, read as {1} page numbers.", number, base);
}

interface Mistakes {
  readonly problemCount: number;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly refusedCount: number;
}

function warningsOf(reading: Reading, report: Mistakes, { words, count }: Texts): string[] {
  const warnings: string[] = [];
  if (reading?.isSure === false)
    warnings.push(words.say("Few of the first lines are those of {0}.", reading.format.name));
  if (reading?.numbers?.isUnitDoubted === true)
    warnings.push(words.say("Nothing in the trace says whether its numbers are addresses or page numbers."));
  const strays = reading?.strays;
  if (strays !== undefined && strays.count > 0) {
    const first = count(strays.first + 1);
    warnings.push(
      words.say(
        strays.count === 1
          ? "{0} line is not one of the trace and was passed over: line {1}."
          : "{0} lines are not those of the trace and were passed over, the first is line {1}.",
        count(strays.count),
        first,
      ),
    );
  }
  const problem = report.problems.at(0);
  if (problem !== undefined) {
    const { problemCount } = report;
    warnings.push(
      words.say(
        problemCount === 1 ? "{0} line is wrong: line {1}: {2}" : "{0} lines are wrong, the first is line {1}: {2}",
        count(problemCount),
        count(problem.line + 1),
        problem.message,
      ),
    );
  }
  const { refusedCount } = report;
  if (refusedCount > 0) {
    warnings.push(
      words.say(
        refusedCount === 1
          ? "{0} operation cannot be followed as it was recorded."
          : "{0} operations cannot be followed as they were recorded.",
        count(refusedCount),
      ),
    );
  }
  return warnings;
}

function allocationFacts({ counts, stats, liveBlocks, liveBytes }: ReplayReport, { words, count }: Texts): TraceFact[] {
  const bytes = (value: number): string => words.say(value === 1 ? "{0} byte" : "{0} bytes", count(value));
  const blocks = words.say(liveBlocks === 1 ? "{0} block" : "{0} blocks", count(liveBlocks));
  return [
    { name: words.say("Allocations"), value: count(counts.allocate) },
    { name: words.say("Reallocations"), value: count(counts.reallocate) },
    { name: words.say("Frees"), value: count(counts.free) },
    ...(counts.failed === 0 ? [] : [{ name: words.say("Failed requests"), value: count(counts.failed) }]),
    { name: words.say("Peak"), value: bytes(stats.peakUsed) },
    { name: words.say("Largest heap size"), value: bytes(stats.peakHeapBytes) },
    { name: words.say("Never freed"), value: words.say("{0} ({1})", bytes(liveBytes), blocks) },
  ];
}

function referenceFacts({ counts, vm, caches, references }: ReferenceReport, { words, count }: Texts): TraceFact[] {
  const share = (part: number, whole: number): string =>
    `${count(part)} (${count((100 * part) / Math.max(1, whole))} %)`;
  const cache = Object.values(caches).at(0);
  return [
    { name: words.say("References"), value: count(references) },
    { name: words.say("Reads"), value: count(counts.reads) },
    { name: words.say("Writes"), value: count(counts.writes) },
    { name: words.say("Instruction fetches"), value: count(counts.executes) },
    ...(counts.modifies === 0 ? [] : [{ name: words.say("Reads and writes at once"), value: count(counts.modifies) }]),
    ...(vm === null ? [] : [{ name: words.say("Page faults"), value: share(vm.faults, vm.references) }]),
    ...(cache === undefined ? [] : [{ name: words.say("Cache misses"), value: share(cache.misses, cache.accesses) }]),
  ];
}

function leaksOf({ live, liveBlocks }: ReplayReport, { words, count }: Texts): TraceView["leaks"] {
  const title = liveBlocks === 0 ? words.say("Every block is freed") : words.say("Never freed, by call site");
  const row = ({ site, blocks, bytes, line }: LiveSite): LeakRow => ({
    site,
    blocks: count(blocks),
    bytes: count(bytes),
    line: count(line + 1),
  });
  const left = live.length - mostSites;
  const more =
    left <= 0 ? null : words.say(left === 1 ? "and {0} more call site" : "and {0} more call sites", count(left));
  return { title, rows: live.slice(0, mostSites).map(row), more };
}
