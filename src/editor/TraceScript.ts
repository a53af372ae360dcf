import { BlockTracker, trackedAction } from "../trace/BlockTracker";
import { OperationBatch } from "../trace/operations";
import type { TraceProblem } from "../trace/problems";
import { TraceReader } from "../trace/TraceReader";

/** A script of a trace: one line an operation, in a heap that grows as the recorded program's did. */
export class TraceScript {
  private readonly reader = new TraceReader();
  private readonly tracker = new BlockTracker();
  private readonly batch = new OperationBatch();
  private readonly parts: string[] = [];

  constructor(title: string) {
    // The title is a file's name: a line end in it would begin a statement.
    this.parts.push(`# ${title.replace(/[\r\n]/g, " ")}\nheap 1MiB grow=128KiB\n`);
  }

  /** Problems of the trace's lines; lines with one contribute no statement. */
  get problems(): readonly TraceProblem[] {
    return this.reader.problems;
  }

  /** Whether what was read is a trace at all. */
  get isTrace(): boolean {
    return this.reader.format !== null;
  }

  feed(bytes: Uint8Array): void {
    this.reader.feed(bytes, this.batch);
    this.takeBatch();
  }

  /** The whole script, after the last piece. */
  finish(): string {
    this.reader.finish(this.batch);
    this.takeBatch();
    return this.parts.join("");
  }

  private takeBatch(): void {
    const { batch, tracker } = this;
    const lines: string[] = [];
    for (let index = 0; index < batch.length; index++) {
      const size = batch.sizes[index];
      tracker.follow(
        batch.kinds[index],
        batch.blocks[index],
        batch.olds[index],
        size,
        batch.sites[index],
        batch.lines[index],
      );
      // A trace that lost a free hands a live block out again.
      if (tracker.released !== -1) lines.push(`free b[${tracker.released}]\n`);
      const handle = `b[${tracker.slot}]`;
      // A request of no bytes gets a smallest block, as from a C library.
      const bytes = Math.max(1, size);
      if (tracker.action === trackedAction.allocate) lines.push(`${handle} = alloc ${bytes}\n`);
      else if (tracker.action === trackedAction.reallocate) lines.push(`${handle} = realloc ${handle} ${bytes}\n`);
      else if (tracker.action === trackedAction.free) lines.push(`free ${handle}\n`);
    }
    this.parts.push(lines.join(""));
    batch.clear();
  }
}
