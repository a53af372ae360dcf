import { lengthened } from "./columns";

/** What a trace says happened, as the numbers stored in a batch. `failed`: the recorded program was refused. */
export const operationKind = { allocate: 0, reallocate: 1, free: 2, failed: 3 } as const;
/** The address (or id) of a null pointer, and "no site". It is -1 because traces use 0 as an id. */
export const nullBlock = -1;

/** Operations as a struct of arrays; the consumer calls `clear` when it has used them. */
export class OperationBatch {
  kinds = new Uint8Array(1024);
  /** The block's address or id afterwards (allocate, reallocate), else the block freed or not resized. */
  blocks = new Float64Array(1024);
  /** reallocate: the block before. */
  olds = new Float64Array(1024);
  /** Requested bytes; 0 for frees. */
  sizes = new Float64Array(1024);
  /** Index of the allocation site in the reader's sites, or -1. */
  sites = new Int32Array(1024);
  /** The id that the trace gives the thread, or -1. */
  threads = new Int32Array(1024);
  /** 0-based line of the trace. */
  lines = new Float64Array(1024);
  length = 0;

  push(kind: number, block: number, old: number, size: number, site: number, line: number, thread = -1): void {
    const index = this.length;
    if (index === this.kinds.length) this.enlarge();
    this.kinds[index] = kind;
    this.blocks[index] = block;
    this.olds[index] = old;
    this.sizes[index] = size;
    this.sites[index] = site;
    this.threads[index] = thread;
    this.lines[index] = line;
    this.length = index + 1;
  }

  clear(): void {
    this.length = 0;
  }

  private enlarge(): void {
    const length = this.kinds.length * 2;
    this.kinds = lengthened(this.kinds, length);
    this.blocks = lengthened(this.blocks, length);
    this.olds = lengthened(this.olds, length);
    this.sizes = lengthened(this.sizes, length);
    this.sites = lengthened(this.sites, length);
    this.threads = lengthened(this.threads, length);
    this.lines = lengthened(this.lines, length);
  }
}
