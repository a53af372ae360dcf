import type { EventLog } from "../events";
import { BinPlacement } from "./BinPlacement";
import type { BlockTable } from "./BlockTable";
import { BuddyPlacement } from "./BuddyPlacement";
import { BumpPlacement } from "./BumpPlacement";
import type { HeapGeometry } from "./geometry";
import { ListPlacement } from "./ListPlacement";
import type { HeapOptions } from "./options";
import type { Placement } from "./Placement";
import { QuickFitPlacement } from "./QuickFitPlacement";
import { RunFitPlacement } from "./RunFitPlacement";
import { segregatedClasses, tlsfClasses } from "./sizeClasses";

/** Blocks of its own class that a request looks at under `segregated`: few, so that it stays O(1). */
export const segregatedProbes = 8;

/** The placement of a heap's policy; its options are effective ones. */
export function createPlacement(
  table: BlockTable,
  geometry: HeapGeometry,
  options: HeapOptions,
  log: EventLog,
): Placement {
  switch (options.policy) {
    case "tlsf":
      return new BinPlacement(table, geometry, options, log, tlsfClasses, 0);
    case "segregated":
      return new BinPlacement(table, geometry, options, log, segregatedClasses, segregatedProbes);
    case "quick-fit":
      return new QuickFitPlacement(table, geometry, options, log);
    case "run-fit":
      return new RunFitPlacement(table, geometry, options, log);
    case "buddy":
      return new BuddyPlacement(table, geometry, options, log);
    case "bump":
      return new BumpPlacement(table, options, log);
    default:
      return new ListPlacement(table, geometry, options, log, options.policy);
  }
}
