/** Where a command writes; tests collect it, the entry hands over the process's streams. */
export interface CliIo {
  /** Writes to stdout; waits while the reader on the other side of a pipe is slower. */
  write(text: string): Promise<void>;
  writeError(text: string): void;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
}

const chunkLength = 64 * 1024;

/** Gathers lines and hands them on in larger chunks: a million records are not a million system calls. */
export class LineWriter {
  private pending: string[] = [];
  private length = 0;

  constructor(private readonly io: CliIo) {}

  /** True when `flush` is due; callers in a loop await it then. */
  line(text: string): boolean {
    this.pending.push(text, "\n");
    this.length += text.length + 1;
    return chunkLength <= this.length;
  }

  async flush(): Promise<void> {
    if (this.pending.length === 0) return;
    const text = this.pending.join("");
    this.pending = [];
    this.length = 0;
    await this.io.write(text);
  }
}

/** The process's own streams. A reader that goes away (`| head`) ends the program quietly. */
export function processIo(): CliIo {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
  });
  return {
    write: (text) =>
      new Promise((resolve) => {
        if (process.stdout.write(text)) resolve();
        else process.stdout.once("drain", resolve);
      }),
    writeError: (text) => void process.stderr.write(text),
    stdin: process.stdin,
    stdout: process.stdout,
  };
}
