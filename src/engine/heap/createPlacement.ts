import type { EventLog } from "../events";
import { BinPlacement } from "./BinPlacement";
import type { BlockTable } from "./BlockTable";
import type { HeapGeometry } from "./geometry";
import { ListPlacement } from "./ListPlacement";
import type { HeapOptions } from "./options";
import type { Placement } from "./Placement";
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
    default:
      return new ListPlacement(table, geometry, options, log, options.policy);
  }
}
