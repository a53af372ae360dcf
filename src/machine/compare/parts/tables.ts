import type { Words } from "../../../language/Words";
import { tableOf, type ComparisonTable, type Measure } from "../comparisonTable";
import type { CacheRow, PartComparison, ReplacementRow, TlbRow } from "./rows";

type Column = Pick<Measure<never>, "id" | "title" | "unit" | "description" | "better"> &
  Partial<Pick<Measure<never>, "isCharted" | "isOptional">>;

function measure<Row>(column: Column, of: (row: Row) => number): Measure<Row> {
  return { isCharted: false, ...column, of, ideal: null };
}

const errors = measure<{ readonly errors: number }>(
  {
    id: "errors",
    title: "Errors",
    unit: "count",
    description: "Problems of severity error",
    better: "less",
    isOptional: true,
  },
  (row) => row.errors,
);

const milliseconds = measure<{ readonly milliseconds: number }>(
  {
    id: "milliseconds",
    title: "Time",
    unit: "milliseconds",
    description: "Time of the run on this machine, with the measuring",
    better: null,
  },
  (row) => row.milliseconds,
);

const replacement: readonly Measure<ReplacementRow>[] = [
  measure(
    { id: "faults", title: "Faults", unit: "count", description: "Page faults", better: "less", isCharted: true },
    (row) => row.faults,
  ),
  measure(
    {
      id: "faultRatio",
      title: "Fault ratio",
      unit: "share",
      description: "Page faults as a share of the references",
      better: "less",
    },
    ({ faults, references }) => (references === 0 ? 0 : faults / references),
  ),
  measure(
    { id: "evictions", title: "Evictions", unit: "count", description: "Pages that were evicted", better: "less" },
    (row) => row.evictions,
  ),
  measure(
    {
      id: "writebacks",
      title: "Write-backs",
      unit: "count",
      description: "Dirty pages written to the disk",
      better: "less",
    },
    (row) => row.writebacks,
  ),
  measure(
    {
      id: "swapIns",
      title: "Swap-ins",
      unit: "count",
      description: "Pages read from the disk again",
      better: "less",
      isOptional: true,
    },
    (row) => row.swapIns,
  ),
  measure(
    {
      id: "workingSet",
      title: "Working set",
      unit: "mean",
      description: "Pages in frames, on average over the references",
      better: "less",
    },
    (row) => row.workingSet,
  ),
  errors,
  milliseconds,
];

const tlb: readonly Measure<TlbRow>[] = [
  measure(
    {
      id: "tlbHits",
      title: "Hits",
      unit: "count",
      description: "References that the lookaside buffer answered",
      better: "more",
      isCharted: true,
    },
    (row) => row.hits,
  ),
  measure(
    {
      id: "tlbMisses",
      title: "Misses",
      unit: "count",
      description: "References that the lookaside buffer did not answer",
      better: "less",
      isCharted: true,
    },
    (row) => row.misses,
  ),
  measure(
    {
      id: "hitRatio",
      title: "Hit ratio",
      unit: "share",
      description: "Hits as a share of the look-ups",
      better: "more",
    },
    ({ hits, misses }) => (hits + misses === 0 ? 0 : hits / (hits + misses)),
  ),
  measure(
    {
      id: "walkAccesses",
      title: "Walk reads",
      unit: "count",
      description: "Accesses to memory for the walks of page tables",
      better: "less",
    },
    (row) => row.walkAccesses,
  ),
  measure(
    {
      id: "effectiveAccessTime",
      title: "Access time",
      unit: "mean",
      description: "Effective access time in cycles",
      better: "less",
    },
    (row) => row.effectiveAccessTime,
  ),
  errors,
  milliseconds,
];

/** Names of caches are part of their columns' titles: there is one column for each cache. */
function cacheMeasures(rows: readonly CacheRow[]): readonly Measure<CacheRow>[] {
  const levels = (rows.at(0)?.levels ?? []).map(({ name }, at) =>
    measure<CacheRow>(
      {
        id: `misses-${name}`,
        title: `${name} misses`,
        unit: "count",
        description: `References that missed ${name}`,
        better: "less",
        isCharted: true,
      },
      (row) => row.levels.at(at)?.misses ?? 0,
    ),
  );
  return [
    ...levels,
    measure(
      {
        id: "missRatio",
        title: "Miss ratio",
        unit: "share",
        description: "References that no cache answered, as a share of all",
        better: "less",
      },
      ({ misses, accesses }) => (accesses === 0 ? 0 : misses / accesses),
    ),
    measure(
      {
        id: "memoryReads",
        title: "Memory reads",
        unit: "count",
        description: "Lines read from memory",
        better: "less",
      },
      (row) => row.memoryReads,
    ),
    measure(
      {
        id: "memoryWrites",
        title: "Memory writes",
        unit: "count",
        description: "Lines written to memory",
        better: "less",
      },
      (row) => row.memoryWrites,
    ),
    measure(
      {
        id: "amat",
        title: "Access time",
        unit: "mean",
        description: "Average access time in cycles",
        better: "less",
      },
      (row) => row.amat,
    ),
    errors,
    milliseconds,
  ];
}

const named = <Row extends { readonly policy: string }>(rows: readonly Row[]) =>
  rows.map((row) => ({ name: row.policy, row }));

/** "Page replacement in 3 frames of 4096 bytes" */
export function partTitle({ part, size }: PartComparison, words: Words): string {
  switch (size?.kind) {
    case "frames": {
      const frames = words.count(size.frames, "{0} frame", "{0} frames");
      return words.say("Page replacement in {0} of {1}", frames, words.bytes(size.pageSize));
    }
    case "entries": {
      const entries = words.count(size.entries, "{0} entry", "{0} entries");
      return size.ways === size.entries
        ? words.say("Lookaside buffer of {0}", entries)
        : words.say("Lookaside buffer of {0} in sets of {1}", entries, size.ways);
    }
    case "caches":
      return size.caches
        .map(({ name, size: bytes }) => words.say("Cache {0} of {1}", name, words.bytes(bytes)))
        .join(", ");
    case undefined:
      return part === "replacement"
        ? words.say("Page replacement")
        : part === "tlb"
          ? words.say("Lookaside buffer")
          : words.say("Caches");
  }
}

/** A sentence for each policy that could not be run. */
export function partNotes({ refused }: PartComparison, words: Words): string[] {
  return refused.map(({ policy, reason }) => words.say("{0} was not run: {1}", policy, reason).trim());
}

/** A row for each policy that ran. */
export function partTable(compared: PartComparison): ComparisonTable {
  switch (compared.part) {
    case "replacement":
      return tableOf("Replacement", replacement, named(compared.rows), null);
    case "tlb":
      return tableOf("TLB", tlb, named(compared.rows), null);
    case "cache":
      return tableOf("Caches", cacheMeasures(compared.rows), named(compared.rows), null);
  }
}
