/** Bytes of a page where nothing else is said. */
export const usualPageSize = 4096;

/** What is known of a trace before it is read, from its name and from what the user says. The lines decide the rest. */
export interface TraceRequest {
  /** The file's name; where two formats fit equally well, its ending decides. */
  readonly name?: string | undefined;
  /** Whether the user named the format: what the lines leave open is then no reason to doubt. */
  readonly isFormatSaid?: boolean | undefined;
  /** The base of numbers without `0x`, in formats that do not say it. */
  readonly base?: 10 | 16 | undefined;
  /** Whether the references go through caches: numbers are addresses then. */
  readonly hasCaches?: boolean | undefined;
  /** Bytes of the pages that a trace numbers; {@link usualPageSize} when absent. */
  readonly pageSize?: number | undefined;
  /**
   * How an access that reads and writes is taken: as one access, as cachegrind does (when absent), or as a load and a store,
   * as the cache lab of _Computer Systems: A Programmer's Perspective_ does.
   */
  readonly modify?: "once" | "twice" | undefined;
}
