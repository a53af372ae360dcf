import type { WorkHost } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import type { Words } from "../../language/Words";
import type { MomentReader, Synchronous } from "../../machine/run/readers";
import type { LifetimeReplay } from "../lifetimes/LifetimeReplay";

/** What queries are answered from. */
export interface QuerySource {
  readonly program: Program;
  /** What `read` returns of the run at the position that the panel shows. */
  at<T>(read: (moment: MomentReader) => Synchronous<T>): T;
  /** The lives of the run's blocks, as far as they are recorded. */
  readonly lifetimes: LifetimeReplay;
  /** Of messages; English when left out. */
  readonly words?: Words | undefined;
  /** Runs what takes long in an answer. Its pauses reject when the answer is no longer needed. */
  readonly host: WorkHost;
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
