import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { shownSpace } from "../pagesView";
import { isAddress } from "../selection";
import { tableLevels } from "../tableLevels";
import type { TableLevels } from "../tableStrip";
import type { QueryKind } from "./query";

/** The tables on the way to the page of an address, as strips. */
export interface LevelsQuery {
  readonly kind: "levels";
  /** The process that runs when it is gone or none is named. */
  readonly process: string | null;
  /** Null for the root alone. */
  readonly address: string | null;
  /** Cells of a strip at most, 2 to 256. */
  readonly cells: number;
}

export type LevelsAnswer = TableLevels | null;

/** Null without page tables. */
export const levelsQuery: QueryKind<LevelsQuery, LevelsAnswer> = {
  check: ({ process, address, cells }) =>
    (process === null || typeof process === "string") &&
    (address === null || isAddress(address)) &&
    Number.isSafeInteger(cells) &&
    Number(cells) >= 2 &&
    Number(cells) <= 256,
  answer: ({ process, address, cells }, source) =>
    source.at(({ state: { vm } }) => {
      if (vm === null) return null;
      const space = shownSpace(vm, process);
      const page = address === null ? null : linearPage(vm, space, Number(address));
      return tableLevels(vm, space, page, cells);
    }),
};

/** What segments give is cut into pages; an address in no segment has none. */
function linearPage({ options }: VirtualMemoryReader, { segments }: AddressSpace, virtual: number): number | null {
  const outcome = segments?.translate(virtual);
  if (outcome?.kind === "violation") return null;
  return Math.floor((outcome?.linear ?? virtual) / options.pageSize);
}
