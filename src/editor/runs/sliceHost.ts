import type * as vscode from "vscode";
import { inSlices, type SliceHost } from "./runSlices";

/** Longest time between two yields; a step, or garbage collection, may take a few milliseconds more. */
export const sliceMilliseconds = 4;

const waiting: (() => void)[] = [];

/** Resolves after other work of the host. Of several callers, one resumes in each task of the host. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setTimeout(letOneGoOn, 0);
  });
}

function letOneGoOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setTimeout(letOneGoOn, 0);
}

/** The extension host's clock and yields, for work that a token may cancel. */
export function sliceHost(token?: vscode.CancellationToken): SliceHost {
  return {
    now: () => performance.now(),
    pause: nextTurn,
    cancelled: () => token?.isCancellationRequested === true,
  };
}

/** Does work that pauses of itself, other work of the host in between; undefined when the token cancelled it. */
export function inTurns<T>(work: Generator<unknown, T, undefined>): Promise<T>;
export function inTurns<T>(
  work: Generator<unknown, T, undefined>,
  token: vscode.CancellationToken | undefined,
): Promise<T | undefined>;
export async function inTurns<T>(
  work: Generator<unknown, T, undefined>,
  token?: vscode.CancellationToken,
): Promise<T | undefined> {
  // An editor requests many things at once: each begins in a task of its own.
  const host = sliceHost(token);
  await host.pause();
  return host.cancelled() ? undefined : inSlices(work, sliceMilliseconds, host);
}
