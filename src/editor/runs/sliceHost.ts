import type * as vscode from "vscode";
import { inSlices, type SliceHost } from "./runSlices";

/** Longest time before other work of the host gets a turn; a step, or the collector of garbage, may take a few milliseconds more. */
export const sliceMilliseconds = 4;

const waiting: (() => void)[] = [];

/** Resolves when other work of the host has had its turn. Of several who wait, one goes on in each turn of the host. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setTimeout(letOneGoOn, 0);
  });
}

function letOneGoOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setTimeout(letOneGoOn, 0);
}

/** The extension host's clock and turns, for work that a token cancels, if there is one. */
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
  // An editor asks for many things at once: each of them waits for its turn.
  const host = sliceHost(token);
  await host.pause();
  return host.cancelled() ? undefined : inSlices(work, sliceMilliseconds, host);
}
