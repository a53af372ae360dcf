import { toHex } from "../engine/address";
import type { CacheLevel } from "../engine/cache/CacheLevel";
import type { CacheDeparture, CacheMeeting } from "../engine/cache/CacheTrail";
import { cacheResultNames, type CacheLine } from "../engine/cache/contract";
import type { MachineState } from "../machine/run/MachineState";
import type { CacheCells, CacheLeave, CacheLineView, CacheLook, CacheMark, CachesView, CacheView } from "./pagingModel";

/** Lines of one cache in one message. */
export const cacheLineBudget = 256;
/** Sets and ways drawn slot by slot; of more, neighbours share cells. */
const cacheRowBudget = 32;
const cacheColumnBudget = 32;
/** Lines of one cache that are marked as looked up by the step; the last one is among them. */
const markBudget = 8;
/** Ways shown beside a marked one in a cache too large to draw slot by slot. */
const neighbourWays = 16;

/** Null without caches. */
export function cachesView({
  caches,
  latencies,
  cacheTrail,
}: Pick<MachineState, "caches" | "latencies" | "cacheTrail">): CachesView | null {
  if (caches === null) return null;
  const meetings = cacheTrail?.meetings ?? [];
  return {
    latencies,
    totals: caches.totals(latencies),
    levels: caches.caches.map((cache) =>
      cacheView(
        cache,
        meetings.filter((meeting) => meeting.cache === cache),
      ),
    ),
    looks: meetings.map(lookView),
    hiddenLooks: cacheTrail?.hidden ?? 0,
    leaves: (cacheTrail?.departures ?? []).map(leaveView),
  };
}

function cacheView(cache: CacheLevel, meetings: readonly CacheMeeting[]): CacheView {
  const { options, sets, validLines } = cache;
  const { name, size, ways, line, policy, write, latency } = options;
  const wanted = Math.min(validLines, cacheLineBudget);
  const lines: CacheLineView[] = [];
  if (wanted > 0) {
    for (const entry of cache.entries()) {
      lines.push(lineView(entry));
      // The search ends with the last line wanted, not with the last slot.
      if (lines.length === wanted) break;
    }
  }
  const hiddenLines = validLines - lines.length;
  const head = { ...cache.stats(), name, size, sets, ways, line, policy, write, latency, lines, hiddenLines };
  return { ...head, cells: cellsOf(cache), marks: marksOf(cache, meetings) };
}

const lineView = ({ set, way, address, dirty }: CacheLine): CacheLineView => ({
  set,
  way,
  address: toHex(address),
  dirty,
});

/** Null for a cache that is drawn slot by slot. */
function cellsOf(cache: CacheLevel): CacheCells | null {
  const { sets } = cache;
  const { ways } = cache.options;
  if (sets <= cacheRowBudget && ways <= cacheColumnBudget) return null;
  const setsPerCell = Math.ceil(sets / cacheRowBudget);
  const waysPerCell = Math.ceil(ways / cacheColumnBudget);
  const length = Math.ceil(sets / setsPerCell) * Math.ceil(ways / waysPerCell);
  const cells = { setsPerCell, waysPerCell, valid: new Uint32Array(length), dirty: new Uint32Array(length) };
  cache.count(setsPerCell, waysPerCell, cells.valid, cells.dirty);
  return cells;
}

/** The lines looked up last, one mark a line: the latest look counts. */
function marksOf(cache: CacheLevel, meetings: readonly CacheMeeting[]): CacheMark[] {
  const marks = new Map<number, CacheMark>();
  for (const meeting of meetings) {
    for (const address of linesOf(meeting)) {
      // The latest look comes last, also of a line looked up before.
      marks.delete(address);
      marks.set(address, markOf(cache, address, resultOf(meeting)));
    }
  }
  return [...marks.values()].slice(-markBudget);
}

function markOf(cache: CacheLevel, address: number, result: CacheMark["result"]): CacheMark {
  const place = cache.find(address);
  const { set } = cache.peek(address);
  const from = Math.floor((place?.way ?? 0) / neighbourWays) * neighbourWays;
  const to = Math.min(cache.options.ways, from + neighbourWays);
  const neighbours = cache.linesOf(set, from, to).map(lineView);
  return { set, way: place?.way ?? null, address: toHex(address), result, from, to, neighbours };
}

const resultOf = ({ result }: CacheMeeting): CacheMark["result"] => cacheResultNames[result] as CacheMark["result"];

/** Addresses of the lines that a reference's bytes are in. */
function linesOf({ cache, address, size }: CacheMeeting): number[] {
  const { line } = cache.options;
  const first = Math.floor(address / line);
  const last = Math.floor((address + size - 1) / line);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * line);
}

function lookView(meeting: CacheMeeting): CacheLook {
  const { cache, isWrite } = meeting;
  const lines = linesOf(meeting);
  return {
    cache: cache.options.name,
    result: resultOf(meeting),
    write: isWrite,
    set: cache.peek(lines[0]).set,
    lines: lines.map((line) => toHex(line)),
    isThere: cache.has(lines[0]),
  };
}

function leaveView({ cache, address, why, writtenTo }: CacheDeparture): CacheLeave {
  return {
    cache: cache.options.name,
    address: toHex(address),
    why,
    writtenTo:
      writtenTo === undefined
        ? { kind: "nowhere" }
        : writtenTo === null
          ? { kind: "memory" }
          : { kind: "cache", name: writtenTo.options.name },
  };
}
