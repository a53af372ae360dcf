import type { History } from "./History";

/** A run at a position, for readers: nothing that moves it. */
export type MomentReader = Pick<
  History,
  "program" | "options" | "state" | "position" | "finished" | "next" | "nextLine" | "record" | "reached" | "problems"
>;

/** Refuses promises: they resolve when the history may stand elsewhere. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

/** A run that is read at any position. */
export interface ReadableRun {
  /** What `read` returns of the run after `position` steps. */
  at<T>(position: number, read: (moment: MomentReader) => Synchronous<T>): T;
}
