import type * as vscode from "vscode";
import { drive, type Work, type WorkHost } from "../../language/coroutines";

/** A step or a garbage collection may take a few milliseconds more. */
const sliceMilliseconds = 4;

const waiting: (() => void)[] = [];

/** Resolves after other work of the extension host. Of several callers, one continues per iteration of the event loop. */
export function yieldToHost(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setTimeout(continueOne, 0);
  });
}

function continueOne(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setTimeout(continueOne, 0);
}

/** The extension host, for work that a token cancels, if there is one. */
export function editorHost(token?: vscode.CancellationToken): WorkHost {
  return {
    sliceMilliseconds,
    now: () => performance.now(),
    pause: yieldToHost,
    cancelled: () => token?.isCancellationRequested === true,
  };
}

/** Runs work in slices on the extension host; undefined when the token cancelled it. */
export function runYielding<T>(work: Work<T>): Promise<T>;
export function runYielding<T>(work: Work<T>, token: vscode.CancellationToken | undefined): Promise<T | undefined>;
export async function runYielding<T>(work: Work<T>, token?: vscode.CancellationToken): Promise<T | undefined> {
  // The editor requests many things at once: each of them waits until the others have had a slice.
  const host = editorHost(token);
  await host.pause();
  return host.cancelled() ? undefined : drive(work, host);
}
