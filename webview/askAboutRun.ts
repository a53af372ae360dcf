import type { AnswerTo, ViewQuery } from "../src/inspector/queries/table";
import type { PanelContext } from "./context";
import { RequestFailure } from "./requests";

/** Asks about the run as a whole; null when no answer comes: the next update asks again, or the panel is gone. */
export async function askAboutRun<Query extends ViewQuery>(
  context: PanelContext,
  query: Query,
): Promise<AnswerTo<Query> | null> {
  try {
    return await context.request(query, "run");
  } catch (failure) {
    if (failure instanceof RequestFailure) return null;
    throw failure;
  }
}
