import type { MomentReader } from "../../machine/run/History";
import type { LifetimeReplay } from "../lifetimes/LifetimeReplay";

/** What a query may look at. The history stands at the position that the panel shows; a query reads only. */
export interface QuerySource {
  readonly history: MomentReader;
  /** Steps of the whole run; null while nobody has seen its end. */
  readonly total: number | null;
  /** The lives of the run's blocks, recorded as far as somebody has asked. */
  readonly lifetimes: LifetimeReplay;
  /** To be awaited every few milliseconds of a long answer: other work gets a turn. Rejects when nobody waits any more. */
  pause(): Promise<void>;
}

/**
 * One kind of question that a view may ask the extension host. Queries and answers survive structured cloning: plain
 * data and typed arrays, which travel as they are when they are fresh and not views into an engine's memory.
 */
export interface QueryKind<Query extends { readonly kind: string }, Answer> {
  /** Looks at every field that the type promises. */
  check(fields: Readonly<Record<string, unknown>>): boolean;
  answer(query: Query, source: QuerySource): Answer | Promise<Answer>;
}
