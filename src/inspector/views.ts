/** The views of the Memory Inspector, in the order of their tabs. */
export const viewIds = [
  "overview",
  "heap",
  "bytes",
  "rows",
  "history",
  "pages",
  "caches",
  "pools",
  "timeline",
  "compare",
] as const;

export type ViewId = (typeof viewIds)[number];

/** The parts of a snapshot that cost something to build and to send. */
export const snapshotParts = ["heaps", "pools", "pages", "caches", "series"] as const;

export type SnapshotPart = (typeof snapshotParts)[number];

/** What each view draws from a snapshot; other parts stay empty while it is shown. Views may ask for more by queries. */
export const partsOfView: Readonly<Record<ViewId, readonly SnapshotPart[]>> = {
  overview: snapshotParts,
  heap: ["heaps"],
  bytes: [],
  rows: [],
  history: [],
  pages: ["pages"],
  caches: ["caches"],
  pools: ["pools"],
  timeline: ["series"],
  compare: [],
};

export function partsOf(views: readonly ViewId[]): ReadonlySet<SnapshotPart> {
  return new Set(views.flatMap((view) => partsOfView[view]));
}

export function isViewId(value: unknown): value is ViewId {
  return viewIds.includes(value as ViewId);
}
