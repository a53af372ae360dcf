import type { SessionRuns, SessionMoment } from "../../runs/SessionRuns";

/** The two sessions of this window, in the order in which they were started. */
export interface Pair {
  readonly left: SessionMoment;
  readonly right: SessionMoment;
  /** Steps executed by the session that the user looks at: it leads, the other one follows. */
  readonly position: number;
}

/** Undefined unless there are exactly two sessions with their scripts loaded. */
export function pairOf(live: SessionRuns): Pair | undefined {
  const [left, right, ...others] = live.all;
  if (left === undefined || right === undefined || 0 < others.length) return undefined;
  const leader = live.active?.session.id === right.session.id ? right : left;
  return { left, right, position: leader.position };
}

/** Takes both sessions to a step, or to their ends when these come first; resolves when both stand still. */
export async function travelBoth(live: SessionRuns, { left, right }: Pair, step: number): Promise<void> {
  await Promise.all([left, right].map((run) => travel(live, run, step)));
}

async function travel(live: SessionRuns, { session }: SessionMoment, step: number): Promise<void> {
  await session.customRequest("memscript/travel", { step });
  await live.standstill(session);
}
