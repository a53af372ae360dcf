import * as vscode from "vscode";

/** Largest recorded trace, decompressed, that becomes one script; larger ones are for the command line's replay. */
const largestTrace = 64 * 1024 * 1024;

/**
 * The text of a trace file in pieces, unpacked when it is a gzip archive. Rejects with a message for people when the
 * file is gone, damaged or too large.
 */
export async function* readTraceText(uri: vscode.Uri): AsyncGenerator<string, void, undefined> {
  const bytes = new Uint8Array(await vscode.workspace.fs.readFile(uri));
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const decoder = new TextDecoder();
  let length = 0;
  for await (const chunk of isGzip ? unpack(bytes) : [bytes]) {
    length += chunk.length;
    if (largestTrace < length) {
      throw new Error(
        vscode.l10n.t("it has more than {0} MB; replay it with the command line instead", largestTrace >> 20),
      );
    }
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

async function* unpack(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    let part: ReadableStreamReadResult<Uint8Array>;
    try {
      part = await reader.read();
    } catch {
      throw new Error(vscode.l10n.t("the gzip archive is damaged"));
    }
    if (part.done) return;
    yield part.value;
  }
}
