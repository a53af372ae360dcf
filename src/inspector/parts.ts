import type { HeapView, PoolView, SeriesView } from "./model";
import type { CachesView, PagesView } from "./pagingModel";
import { noSeries } from "./series";

/** The parts of a snapshot that cost something to build and to send. */
export interface SnapshotParts {
  readonly heaps: readonly HeapView[];
  readonly pools: readonly PoolView[];
  /** Null without virtual memory. */
  readonly pages: PagesView | null;
  /** Null without caches. */
  readonly caches: CachesView | null;
  readonly series: SeriesView;
}

export type SnapshotPart = keyof SnapshotParts;

/** Each part with nothing in it, as where no shown view draws it. */
export const emptyParts: SnapshotParts = { heaps: [], pools: [], pages: null, caches: null, series: noSeries };

export const snapshotParts = Object.keys(emptyParts) as readonly SnapshotPart[];

export function isSnapshotPart(value: unknown): value is SnapshotPart {
  return snapshotParts.includes(value as SnapshotPart);
}

/** Whether a received value has the outline of all parts: lists where they are lists, else objects or null. */
export function hasParts(value: Readonly<Record<string, unknown>>): boolean {
  return snapshotParts.every((part) => {
    const received = value[part];
    if (Array.isArray(emptyParts[part])) return Array.isArray(received);
    return received === null ? emptyParts[part] === null : typeof received === "object";
  });
}
