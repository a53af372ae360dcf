import { createReadStream, fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { visible } from "../language/visible";
import { CliError, ReaderGone } from "./errors";
import { reasonOf } from "./reasons";

/** Where a command writes; tests collect it, the entry hands over the process's streams. */
export interface CliIo {
  /**
   * Writes to stdout; waits while the reader on the other side of a pipe is slower. Throws {@link CliError} when it cannot be
   * written, and {@link ReaderGone} when nothing reads it any more.
   */
  write(text: string): Promise<void>;
  writeError(text: string): void;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  /** Whether stdout is a terminal, which obeys control characters. */
  readonly isTerminal: boolean;
}

const chunkLength = 64 * 1024;

/** Gathers lines and hands them on in larger chunks: a million records are not a million system calls. */
export class LineWriter {
  private pending: string[] = [];
  private length = 0;

  /** `verdict` gives the exit code so far, with which the command ends when nothing reads its output any more. */
  constructor(
    private readonly io: CliIo,
    private readonly verdict: () => number = () => 0,
  ) {}

  /** True when `flush` is due; callers in a loop await it then. */
  line(text: string): boolean {
    this.pending.push(text, "\n");
    this.length += text.length + 1;
    return chunkLength <= this.length;
  }

  async flush(): Promise<void> {
    if (this.pending.length === 0) return;
    const text = visible(this.pending.join(""));
    this.pending = [];
    this.length = 0;
    try {
      await this.io.write(text);
    } catch (error) {
      throw error instanceof ReaderGone ? new ReaderGone(this.verdict()) : error;
    }
  }
}

/** Writes a file's content to stdout: to another program as it is, to a terminal without what it would obey. */
export function writeContent(io: CliIo, text: string): Promise<void> {
  return io.write(io.isTerminal ? visible(text) : text);
}

/** The process's own streams. */
export function processIo(): CliIo {
  const { stdout, stderr } = process;
  // A folder as standard input is empty to Node; reading it gives the error that it is one.
  const stdin = fstatSync(0).isDirectory() ? createReadStream("", { fd: 0 }) : process.stdin;
  // What fails is reported to the callback of the write; without a listener it would end the process as well.
  stdout.on("error", () => undefined);
  stderr.on("error", () => undefined);
  return {
    write: writesAtOnce(stdout.fd) ? (text) => writeAll(stdout.fd, text) : (text) => writeTo(stdout, text),
    writeError: (text) => void stderr.write(text),
    stdin,
    stdout,
    isTerminal: isatty(stdout.fd),
  };
}

/** Files and devices that are no terminals: Node drops without a word what does not fit on a full disk. */
function writesAtOnce(fd: number): boolean {
  const kind = fstatSync(fd);
  return kind.isFile() || (kind.isCharacterDevice() && !isatty(fd));
}

function writeAll(fd: number, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    return Promise.resolve();
  } catch (error) {
    return Promise.reject(outputError(error));
  }
}

function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(outputError(error)) : resolve()));
  });
}

function outputError(error: unknown): Error {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return new ReaderGone(0);
  return new CliError(`the output cannot be written: ${reasonOf(error)}`);
}
