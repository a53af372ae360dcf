import type { WorkHost } from "../../src/language/coroutines";

/** Runs long work without a pause. */
export const eagerHost: WorkHost = {
  sliceMilliseconds: Infinity,
  now: () => 0,
  pause: () => Promise.resolve(),
  cancelled: () => false,
};
