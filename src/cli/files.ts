import { open, stat } from "node:fs/promises";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CliError, oneLine } from "./errors";

/** Largest script that is read; a million lines fit. Traces are streamed and have no such limit. */
const longestScript = 32 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "reading it is not permitted",
  EPERM: "reading it is not permitted",
  EISDIR: "it is a folder",
  ENOTDIR: "there is no such file",
  ENOSPC: "the disk is full",
  EROFS: "the disk cannot be written",
};

/** The one sentence for a file that cannot be used. */
export function fileError(path: string, error: unknown): CliError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CliError(`${path}: ${reasons[code ?? ""] ?? oneLine(message)}`);
}

/** The one sentence for a file that cannot be written. */
export function writeError(path: string, error: unknown): CliError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return new CliError(`${path}: there is no such folder`);
  if (code === "EACCES" || code === "EPERM") return new CliError(`${path}: writing it is not permitted`);
  return fileError(path, error);
}

/** Reads a whole script as text. Throws {@link CliError} when it is missing, binary or longer than a script may be. */
export async function readScript(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (longestScript < size) throw new CliError(tooLong(path, size));
    const file = await open(path, "r");
    try {
      bytes = await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw fileError(path, error);
  }
  if (bytes.includes(0)) throw new CliError(`${path}: this is a binary file, not a script`);
  return bytes.toString("utf8");
}

function tooLong(path: string, size: number): string {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
  return `${path}: a script has at most ${megabytes(longestScript)}, this file has ${megabytes(size)}`;
}

/** Streams a file's bytes in chunks, unpacking gzip by its first bytes, whatever the file is called. */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const isPacked = await startsWithGzip(path);
  const file = createReadStream(path);
  let source: Readable = file;
  if (isPacked) {
    const gunzip = createGunzip();
    file.on("error", (error) => gunzip.destroy(error));
    source = file.pipe(gunzip);
  }
  try {
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code.startsWith("Z_")) throw new CliError(`${path}: the gzip data is cut off or damaged`);
    throw fileError(path, error);
  } finally {
    file.destroy();
  }
}

async function startsWithGzip(path: string): Promise<boolean> {
  try {
    const file = await open(path, "r");
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(path, error);
  }
}
