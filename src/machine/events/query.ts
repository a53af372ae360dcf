import type { Extent } from "../../engine/events";
import type { Expression } from "../../language/parsing/syntax";
import type { FreedBy } from "../state/allocation";
import type { MemoryEventKind } from "./memoryEvents";

/** What the events of a query have to do with. */
export type QuerySubject =
  /** A lone handle stands for its block, anything else for an address. */
  | { readonly kind: "pointer"; readonly expression: Expression }
  /** Half-open. */
  | { readonly kind: "range"; readonly from: Expression; readonly to: Expression }
  | { readonly kind: "page"; readonly from: Expression; readonly to: Expression | null }
  | { readonly kind: "frame"; readonly from: Expression; readonly to: Expression | null };

export type NumberTest = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** A question to a run, understood. */
export interface Query {
  readonly kind: "query";
  readonly text: string;
  readonly kinds: ReadonlySet<MemoryEventKind>;
  readonly subject: QuerySubject | null;
  readonly size: { readonly comparison: NumberTest; readonly bound: Expression } | null;
  readonly problem: string | null;
  readonly region: string | null;
  readonly process: string | null;
  readonly by: FreedBy | null;
  readonly steps: Extent | null;
  /** 0-based lines. */
  readonly lines: Extent | null;
}

/** Questions to begin with. */
export const queryExamples: readonly string[] = [
  "writes 0x10000..0x10040",
  "reads a",
  "allocs > 4KiB",
  "allocs from=main",
  "frees by=realloc",
  "splits in 1..100",
  "coalesces",
  "moves",
  "faults vpn 3",
  "evictions process=init",
  "maps frame 5",
  "problems double-free",
  "events line 12",
];
