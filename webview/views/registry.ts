import { BytesView } from "../bytes/BytesView";
import { CompareView } from "../compare/CompareView";
import {
  byteKeys,
  cacheKeys,
  compareKeys,
  heapKeys,
  historyKeys,
  pageKeys,
  poolKeys,
  rowKeys,
  structureKeys,
  timelineKeys,
} from "../help/keys";
import { HistoryView } from "../history/HistoryView";
import { RowsView } from "../rows/RowsView";
import { allSections, cacheSections, heapSections, pageSections, poolSections, timelineSections } from "./sections";
import { StackView } from "./StackView";
import type { ViewKind } from "./View";

/** Every view of the panel, in the order of the tabs. */
export const viewKinds: readonly ViewKind[] = [
  {
    id: "overview",
    icon: "layout",
    label: "viewOverview",
    available: ({ heaps, pools, pages, caches, curve }) =>
      heaps.length > 0 || pools.length > 0 || pages || caches || curve,
    keys: [heapKeys, structureKeys, pageKeys, cacheKeys, poolKeys, timelineKeys],
    make: (context) => new StackView(context, allSections),
  },
  {
    id: "heap",
    icon: "symbol-array",
    label: "viewHeap",
    available: ({ heaps }) => heaps.length > 0,
    keys: [heapKeys, structureKeys],
    make: (context) => new StackView(context, heapSections),
  },
  {
    id: "bytes",
    icon: "file-binary",
    label: "viewBytes",
    available: ({ heaps, pools }) => heaps.length > 0 || pools.length > 0,
    keys: [byteKeys],
    make: (context) => new BytesView(context),
  },
  {
    id: "rows",
    icon: "list-flat",
    label: "rows",
    available: ({ heaps, pools, curve }) => heaps.length > 0 || pools.length > 0 || curve,
    keys: [rowKeys],
    make: (context) => new RowsView(context),
  },
  {
    id: "history",
    icon: "history",
    label: "history",
    available: ({ heaps, pools, curve }) => heaps.length > 0 || pools.length > 0 || curve,
    keys: [historyKeys],
    make: (context) => new HistoryView(context),
  },
  {
    id: "pages",
    icon: "files",
    label: "viewPages",
    available: ({ pages }) => pages,
    keys: [pageKeys],
    make: (context) => new StackView(context, pageSections),
  },
  {
    id: "caches",
    icon: "layers",
    label: "viewCaches",
    available: ({ caches }) => caches,
    keys: [cacheKeys],
    make: (context) => new StackView(context, cacheSections),
  },
  {
    id: "pools",
    icon: "symbol-structure",
    label: "viewPools",
    available: ({ pools }) => pools.length > 0,
    keys: [poolKeys],
    make: (context) => new StackView(context, poolSections),
  },
  {
    id: "timeline",
    icon: "graph-line",
    label: "viewTimeline",
    available: ({ curve }) => curve,
    keys: [timelineKeys],
    make: (context) => new StackView(context, timelineSections),
  },
  {
    id: "compare",
    icon: "split-horizontal",
    label: "viewCompare",
    available: ({ comparison }) => comparison,
    keys: [compareKeys],
    make: (context) => new CompareView(context),
  },
];
