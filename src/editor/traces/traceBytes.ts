import * as vscode from "vscode";

/** Largest recorded trace, decompressed, that becomes one script; larger ones are for the command line's replay. */
const largestTrace = 64 * 1024 * 1024;
/** Bytes handed on at once, so that the host breathes between two pieces. */
const pieceLength = 256 * 1024;

export interface TracePiece {
  readonly bytes: Uint8Array;
  /** Part of the file read so far, 0 to 1. */
  readonly done: number;
}

/**
 * The bytes of a trace file in pieces, unpacked when it is a gzip archive. Rejects with a message for people when the
 * file is gone, damaged or too large.
 */
export async function* readTraceBytes(uri: vscode.Uri): AsyncGenerator<TracePiece, void, undefined> {
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
    if (largestTrace < length) {
      void reader.cancel();
      const megabytes = largestTrace / (1024 * 1024);
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
