import { LifetimeReplay } from "../../../src/inspector/lifetimes/LifetimeReplay";
import type { QuerySource } from "../../../src/inspector/queries/query";
import type { History } from "../../../src/machine/run/History";
import type { MomentReader, Synchronous } from "../../../src/machine/run/readers";
import { eagerHost } from "../../harness/eagerHost";
import { openMachine } from "./openMachine";

/** Answers queries about a history where it stands. */
export function sourceOf(history: History, lifetimes = new LifetimeReplay(history, openMachine)): QuerySource {
  return {
    program: history.program,
    at: <T>(read: (moment: MomentReader) => Synchronous<T>): T => read(history),
    lifetimes,
    host: eagerHost,
  };
}
