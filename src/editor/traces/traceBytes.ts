import * as vscode from "vscode";
import type { WorkHost } from "../../language/coroutines";

/** Largest recorded trace, decompressed, that is read as a whole; larger ones are for the command line's replay. */
export const largestTrace = 64 * 1024 * 1024;
/** Bytes between two yields. */
const pieceLength = 256 * 1024;

interface TracePiece {
  readonly bytes: Uint8Array;
  /** Part of the file read so far, 0 to 1. */
  readonly done: number;
}

/**
 * Feeds a trace file in pieces, until it ends or `feed` returns false; false when cancelled. Rejects as
 * {@link readTraceBytes} does.
 */
export async function feedTrace(
  uri: vscode.Uri,
  host: WorkHost,
  feed: (bytes: Uint8Array) => boolean,
): Promise<boolean> {
  for await (const { bytes, done } of readTraceBytes(uri)) {
    if (!feed(bytes)) break;
    host.progress?.(done);
    await host.pause();
    if (host.cancelled()) return false;
  }
  return true;
}

/**
 * The bytes of a trace file in pieces, unpacked when it is a gzip archive. Rejects with a message for people when the
 * file is gone, damaged or has more bytes than `most`, unpacked.
 */
export async function* readTraceBytes(
  uri: vscode.Uri,
  most = largestTrace,
): AsyncGenerator<TracePiece, void, undefined> {
  const file = new Uint8Array(await vscode.workspace.fs.readFile(uri));
  const isGzip = file[0] === 0x1f && file[1] === 0x8b;
  let consumed = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (consumed === file.length) controller.close();
      else controller.enqueue(file.slice(consumed, (consumed = Math.min(file.length, consumed + pieceLength))));
    },
  });
  const reader = (isGzip ? pieces.pipeThrough(new DecompressionStream("gzip")) : pieces).getReader();
  let length = 0;
  for (;;) {
    const part = await nextPart(reader);
    if (part === undefined) return;
    length += part.length;
    if (most < length) {
      void reader.cancel();
      const megabytes = most / (1024 * 1024);
      throw new Error(vscode.l10n.t("it has more than {0} MB; replay it with the command line instead", megabytes));
    }
    yield { bytes: part, done: file.length === 0 ? 1 : consumed / file.length };
  }
}

async function nextPart(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch {
    throw new Error(vscode.l10n.t("the gzip archive is damaged"));
  }
}
