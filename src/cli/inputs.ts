import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { visibleName } from "../language/visible";
import { CliError } from "./errors";
import type { CliIo } from "./io";
import { reasonOf } from "./reasons";

/** How standard input is named in messages, as compilers do. */
const standardInput = "<stdin>";
/** Other names of it; a socket, as some programs start others with, cannot be opened under them. */
const standardInputPaths = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

/** Bytes of a pipe that are kept for reading it again. */
const keptOfPipe = 128 * 1024 * 1024;

/** A file, a pipe or standard input, named on the command line. */
export interface Input {
  /** As people wrote it, without control characters. */
  readonly name: string;
  /** Null for standard input. */
  readonly path: string | null;
  /** Its bytes from the start in chunks, unpacked where gzip's first bytes are there. May be asked for more than once. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Bytes of a file on disk, packed as it is; null for everything of which nothing says where it ends. */
  size(): Promise<number | null>;
}

/** Opens nothing yet: a file that is not there is found out when it is read. */
export async function openInput(path: string, io: Pick<CliIo, "stdin">): Promise<Input> {
  if (standardInputPaths.has(path)) return piped(standardInput, null, () => io.stdin);
  const name = visibleName(path);
  const kind = await stat(path).catch(() => null);
  if (kind !== null && !kind.isFile() && !kind.isDirectory()) return piped(name, path, () => createReadStream(path));
  return {
    name,
    path,
    chunks: () => unpacked(name, named(name, bytesOf(createReadStream(path)))),
    size: () => Promise.resolve(kind?.size ?? null),
  };
}

function piped(name: string, path: string | null, open: () => NodeJS.ReadableStream): Input {
  const pipe = new Pipe(name, open);
  return { name, path, chunks: () => unpacked(name, pipe.chunks()), size: () => Promise.resolve(null) };
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

/** Says of an error which file it is about. */
async function* named(name: string, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof CliError ? error : new CliError(`${name}: ${reasonOf(error)}`);
  }
}

/** What comes once and is gone: its start is kept, so that a command can look at it first and read it then. */
class Pipe {
  private source: AsyncIterator<Uint8Array> | null = null;
  private kept: Uint8Array[] = [];
  private keptBytes = 0;
  /** Chunks that came before the first one that is kept. */
  private dropped = 0;
  private hasEnded = false;
  private pending: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly open: () => NodeJS.ReadableStream,
  ) {}

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; ; at++) {
      if (at < this.dropped) {
        throw new CliError(`${this.name}: so much can be read only once from a pipe; save it as a file first`);
      }
      if (at === this.dropped + this.kept.length) await (this.pending ??= this.pull());
      const chunk = this.kept[at - this.dropped];
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  private async pull(): Promise<void> {
    try {
      this.source ??= named(this.name, bytesOf(this.open()));
      const next = this.hasEnded ? null : await this.source.next();
      if (next === null || next.done === true) this.hasEnded = true;
      else this.keep(next.value);
    } finally {
      this.pending = null;
    }
  }

  private keep(chunk: Uint8Array): void {
    this.keptBytes += chunk.length;
    if (this.keptBytes > keptOfPipe) {
      this.dropped += this.kept.length;
      this.kept = [];
    }
    this.kept.push(chunk);
  }
}

/** The chunks as they are, or what gzip made them of. */
async function* unpacked(name: string, packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const head: Uint8Array[] = [];
  for (let length = 0; length < 2;) {
    const next = await packed.next();
    if (next.done === true) break;
    head.push(next.value);
    length += next.value.length;
  }
  const all = joined(head, packed);
  const [first = 0, second = 0] = Buffer.concat(head.map((chunk) => chunk.subarray(0, 2)));
  if (first !== 0x1f || second !== 0x8b) {
    yield* all;
    return;
  }
  const source = Readable.from(all);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Uint8Array;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw code.startsWith("Z_") ? new CliError(`${name}: the gzip data is cut off or damaged`) : error;
  } finally {
    source.destroy();
  }
}

async function* joined(head: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
}
