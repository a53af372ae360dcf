import type { Heap } from "./Heap";

/** A heap for readers: nothing that changes it. */
export type HeapReader = Omit<
  Heap,
  "allocate" | "free" | "reallocate" | "reset" | "coalesce" | "defragment" | "snapshot" | "restore"
>;
