import { lengthened } from "./columns";
import type { TraceProblems } from "./problems";

/** What a reference does, as the numbers stored in a batch; the same as the caches take. */
export const referenceKind = { read: 0, write: 1, execute: 2, modify: 3 } as const;

/** Largest plausible access in bytes: more than a cache line, a vector register or a page. */
export const largestAccess = 65_536;

/** What to do with a trace of memory references where one of allocations is needed. */
export const aboutReferences = "Memory references are replayed by `memscript replay` with --vm and --cache.";

/** Memory references as a struct of arrays; the consumer calls `clear` when it has used them. */
export class ReferenceBatch {
  kinds = new Uint8Array(1024);
  addresses = new Float64Array(1024);
  /** Bytes. */
  sizes = new Int32Array(1024);
  /** 0-based line of the trace. */
  lines = new Float64Array(1024);
  length = 0;

  /** @param isModifyTwice whether what reads and writes becomes a read and a write; see `modify` of a request */
  constructor(private readonly isModifyTwice = false) {}

  push(kind: number, address: number, size: number, line: number): void {
    if (kind === referenceKind.modify && this.isModifyTwice) {
      this.push(referenceKind.read, address, size, line);
      this.push(referenceKind.write, address, size, line);
      return;
    }
    const index = this.length;
    if (index === this.kinds.length) this.enlarge();
    this.kinds[index] = kind;
    this.addresses[index] = address;
    this.sizes[index] = size;
    this.lines[index] = line;
    this.length = index + 1;
  }

  clear(): void {
    this.length = 0;
  }

  private enlarge(): void {
    const length = this.kinds.length * 2;
    this.kinds = lengthened(this.kinds, length);
    this.addresses = lengthened(this.addresses, length);
    this.sizes = lengthened(this.sizes, length);
    this.lines = lengthened(this.lines, length);
  }
}

/** The kind of reference by the character code that stands for it in a trace; -1 for codes that stand for none. */
export function kindsByLetter(letters: Readonly<Record<string, number>>): Int8Array {
  const kinds = new Int8Array(256).fill(-1);
  for (const [letter, kind] of Object.entries(letters)) kinds[letter.charCodeAt(0)] = kind;
  return kinds;
}

/** Adds a reference of `size` bytes to the batch, or a problem when its address is no exact number. */
export function pushReference(
  batch: ReferenceBatch,
  problems: TraceProblems,
  kind: number,
  address: number,
  size: number,
  line: number,
): void {
  if (address >= 0 && address + size <= Number.MAX_SAFE_INTEGER) batch.push(kind, address, size, line);
  else problems.add(line, "The address is not a number from 0 to 2^53.");
}
