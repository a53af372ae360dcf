import type { ProcessorReferences } from "./ProcessorReferences";
import type { VirtualMemory } from "./VirtualMemory";

/** Virtual memory for readers: nothing that changes it. */
export type VirtualMemoryReader = Omit<
  VirtualMemory,
  | "recorder"
  | "createSpace"
  | "switchTo"
  | "fork"
  | "exitSpace"
  | "addRegion"
  | "growRegion"
  | "map"
  | "unmap"
  | "protect"
  | "access"
  | "touch"
  | "refuse"
  | "reference"
  | "mergeEqualPages"
  | "setSegments"
  | "useTlb"
  | "checked"
  | "snapshot"
  | "restore"
> & {
  readonly checked: Omit<
    ProcessorReferences,
    "refer" | "takeStaleUses" | "useTlb" | "useProcessor" | "writeEntry" | "save" | "load"
  >;
};
