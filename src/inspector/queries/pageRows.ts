import { changeMarks, viewedPages } from "../changes";
import { pageRowsFrom, shownSpace } from "../pagesView";
import type { PageRow } from "../pagingModel";
import type { QueryKind } from "./query";

/** Rows in one answer. */
const rowsAtOnce = 4096;

/** The rows of a process's page table from one on, as many as fit into an answer. */
export interface PageRowsQuery {
  readonly kind: "pageRows";
  /** The process that runs when it is gone or none is named. */
  readonly process: string | null;
  /** Index among all mapped pages. */
  readonly first: number;
}

/** Empty after the last one, and without virtual memory. */
export const pageRowsQuery: QueryKind<PageRowsQuery, readonly PageRow[]> = {
  check: ({ process, first }) =>
    (process === null || typeof process === "string") && Number.isSafeInteger(first) && Number(first) >= 0,
  answer: ({ process, first }, source) =>
    source.at(({ state: { vm }, record }) => {
      if (vm === null) return [];
      const space = shownSpace(vm, process);
      const marks = space === vm.current ? changeMarks(record, viewedPages(vm)) : null;
      return pageRowsFrom(vm, space, marks, first, rowsAtOnce);
    }),
};
