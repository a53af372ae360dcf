import type { WorkHost } from "../../language/coroutines";
import type { DebugHost } from "../protocol/protocol";

/** A client waits for its requests, so a session runs longer at a stretch than an editor may. */
const sliceMilliseconds = 12;

/** The host of a session's long work. */
export function workHost(host: Pick<DebugHost, "now" | "yield">, cancelled: () => boolean): WorkHost {
  return { sliceMilliseconds, now: () => host.now(), pause: () => host.yield(), cancelled };
}
