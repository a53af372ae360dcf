import { snapshotParts } from "../../src/inspector/parts";
import { BytesView } from "../bytes/BytesView";
import { CachesSection } from "../caches/CachesSection";
import { ComparisonView } from "../compare/ComparisonView";
import { HeapSection } from "../heap/HeapSection";
import { zoomKeys } from "../help/keys";
import { HistoryView } from "../history/HistoryView";
import { PagesSection } from "../pages/PagesSection";
import { PoolSection } from "../pools/PoolSection";
import { RowsView } from "../rows/RowsView";
import { TimelineSection } from "../timeline/TimelineSection";
import { StackView, type SectionEntry } from "./StackView";
import type { ViewKind, ViewRow } from "./View";

/** Every view but the overview, in the order of the tabs. */
const rows = [
  {
    id: "heap",
    icon: "symbol-array",
    label: "viewHeap",
    shows: ["heaps"],
    draws: ["heaps"],
    sections: ({ heaps }, context) =>
      heaps.map(({ name }): SectionEntry => [`heap ${name}`, () => new HeapSection(context, name)]),
    keys: {
      viewHeap: [
        { key: "← → Home End", text: "keyBlocks" },
        { key: "Page Up, Page Down", text: "keyFreeList" },
        ...zoomKeys,
        { key: "Enter", text: "keyLine" },
        { key: "Escape", text: "keyNothing" },
      ],
      keysStructures: [
        { key: "← → ↑ ↓ Home End", text: "keyParts" },
        { key: "Enter", text: "keyChoose" },
      ],
    },
  },
  {
    id: "bytes",
    icon: "file-binary",
    label: "viewBytes",
    shows: ["heaps", "pools"],
    draws: [],
    make: (context) => new BytesView(context),
    keys: {
      viewBytes: [
        { key: "← → ↑ ↓", text: "keyBytes" },
        { key: "Home End", text: "keyByteRow" },
        { key: "Page Up, Page Down", text: "keyBytePage" },
        { key: "Enter", text: "keyFollow" },
        { key: "Backspace, Alt+←", text: "bytesBack" },
        { key: "0–9 a–f", text: "keyEdit" },
      ],
    },
  },
  {
    id: "rows",
    icon: "list-flat",
    label: "rows",
    shows: ["heaps", "pools", "series"],
    draws: [],
    make: (context) => new RowsView(context),
    keys: {
      rows: [
        { key: "↑ ↓ Page Up, Page Down, Home End", text: "keyRows" },
        { key: "Enter", text: "keyTravel" },
        { key: "← →", text: "keyAddresses" },
        ...zoomKeys,
      ],
    },
  },
  {
    id: "history",
    icon: "history",
    label: "history",
    shows: ["heaps", "pools", "series"],
    draws: [],
    make: (context) => new HistoryView(context),
    keys: {
      history: [
        { key: "← → ↑ ↓ Home End", text: "keyCursor" },
        { key: "Shift + ← → ↑ ↓", text: "keyPicture" },
        { key: "Space", text: "keySelect" },
        { key: "Enter", text: "keyBirth" },
        ...zoomKeys,
        { key: "Escape", text: "keyNoCursor" },
      ],
    },
  },
  {
    id: "pages",
    icon: "files",
    label: "viewPages",
    shows: ["pages"],
    draws: ["pages"],
    sections: ({ pages }, context) => (pages === null ? [] : [["pages", () => new PagesSection(context)]]),
    // The page table, and the strips of its levels, the lookaside buffer and swap space.
    keys: {
      viewPages: [
        { key: "↑ ↓ Home End", text: "keyPages" },
        { key: "← → ↑ ↓ Home End", text: "keyEntries" },
      ],
    },
  },
  {
    id: "caches",
    icon: "layers",
    label: "viewCaches",
    shows: ["caches"],
    draws: ["caches"],
    sections: ({ caches }, context) => (caches === null ? [] : [["caches", () => new CachesSection(context)]]),
    keys: { viewCaches: [{ key: "← → ↑ ↓ Home End", text: "keyCacheLines" }] },
  },
  {
    id: "pools",
    icon: "symbol-structure",
    label: "viewPools",
    shows: ["pools"],
    draws: ["pools"],
    sections: ({ pools }, context) =>
      pools.map(({ name }): SectionEntry => [`pool ${name}`, () => new PoolSection(context, name)]),
    keys: {
      viewPools: [
        { key: "← → ↑ ↓ Home End", text: "keyBlocks" },
        { key: "Enter", text: "keyLine" },
      ],
    },
  },
  {
    id: "timeline",
    icon: "graph-line",
    label: "viewTimeline",
    shows: ["series"],
    draws: ["series"],
    sections: (_, context) => [["timeline", () => new TimelineSection(context)]],
    keys: {
      viewTimeline: [
        { key: "← → Page Up, Page Down, Home End", text: "keyCursor" },
        { key: "Shift + ← →", text: "keyPicture" },
        { key: "Enter", text: "keyTravel" },
        ...zoomKeys,
        { key: "Escape", text: "keyNoCursor" },
      ],
    },
  },
  {
    id: "compare",
    icon: "split-horizontal",
    label: "viewCompare",
    shows: ["comparison"],
    draws: [],
    make: (context) => new ComparisonView(context),
    // Tables, bars and curves; only their buttons and links take keys.
    keys: {
      viewCompare: [
        { key: "Tab, Shift + Tab", text: "keyControls" },
        { key: "Enter", text: "keyPress" },
      ],
    },
  },
] as const satisfies readonly ViewRow[];

export type ViewId = "overview" | (typeof rows)[number]["id"];

type Stacked = ViewRow & { readonly sections: NonNullable<ViewRow["sections"]> };
const stacks = (rows as readonly ViewRow[]).filter((row): row is Stacked => row.sections !== undefined);

/** Everything, from the script's own blocks down to the machine. */
const overview: ViewRow = {
  id: "overview",
  icon: "layout",
  label: "viewOverview",
  shows: snapshotParts,
  draws: snapshotParts,
  sections: (snapshot, context) => stacks.flatMap(({ sections }) => sections(snapshot, context)),
  keys: Object.assign({}, ...stacks.map(({ keys }) => keys)) as ViewRow["keys"],
};

/** Every view of the panel, in the order of the tabs. */
export const viewKinds: readonly ViewKind[] = [overview, ...rows].map((row: ViewRow): ViewKind => {
  const { sections, make } = row;
  return {
    ...row,
    id: row.id as ViewId,
    make: (context) => (sections === undefined ? make!(context) : new StackView(context, sections)),
  };
});

export function isViewId(value: unknown): value is ViewId {
  return viewKinds.some(({ id }) => id === value);
}
