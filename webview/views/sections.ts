import type { PanelSnapshot } from "../../src/inspector/model";
import { CachesSection } from "../caches/CachesSection";
import type { PanelContext, Section } from "../context";
import { HeapSection } from "../heap/HeapSection";
import { PagesSection } from "../pages/PagesSection";
import { PoolSection } from "../pools/PoolSection";
import { TimelineSection } from "../timeline/TimelineSection";

type Entry = readonly [string, () => Section];

export const heapSections = ({ heaps }: PanelSnapshot, context: PanelContext): ReadonlyMap<string, () => Section> =>
  new Map(heaps.map(({ name }): Entry => [`heap ${name}`, () => new HeapSection(context, name)]));

export const poolSections = ({ pools }: PanelSnapshot, context: PanelContext): ReadonlyMap<string, () => Section> =>
  new Map(pools.map(({ name }): Entry => [`pool ${name}`, () => new PoolSection(context, name)]));

export const pageSections = ({ pages }: PanelSnapshot, context: PanelContext): ReadonlyMap<string, () => Section> =>
  new Map(pages === null ? [] : [["pages", () => new PagesSection(context)]]);

export const cacheSections = ({ caches }: PanelSnapshot, context: PanelContext): ReadonlyMap<string, () => Section> =>
  new Map(caches === null ? [] : [["caches", () => new CachesSection(context)]]);

export const timelineSections = (_: PanelSnapshot, context: PanelContext): ReadonlyMap<string, () => Section> =>
  new Map([["timeline", () => new TimelineSection(context)]]);

/** Everything, from the script's own blocks down to the machine. */
export const allSections = (snapshot: PanelSnapshot, context: PanelContext): ReadonlyMap<string, () => Section> =>
  new Map([
    ...heapSections(snapshot, context),
    ...pageSections(snapshot, context),
    ...cacheSections(snapshot, context),
    ...poolSections(snapshot, context),
    ...timelineSections(snapshot, context),
  ]);
