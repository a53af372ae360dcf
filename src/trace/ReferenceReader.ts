import { isBlank } from "./lineParser";
import { LineSplitter } from "./LineSplitter";
import { parseDecimal, parsePlainHexadecimal } from "./numbers";
import { TraceProblems, type TraceProblem } from "./problems";
import { referenceKind, type ReferenceBatch, type ReferenceFormat } from "./references";

/** Largest access that is believed: a cache line, a vector register or a page and more. */
const largestAccess = 65_536;

/**
 * Reads a trace of memory references, which comes in chunks of decompressed bytes, into batches. Never throws on bad input.
 *
 * - `lackey`: Valgrind's `--tool=lackey --trace-mem=yes`: `I  04014073,3`, ` L addr,size`, ` S …`, ` M …`; `==pid==` lines
 *   are Valgrind's own and passed over.
 * - `din`: Dinero's `LABEL ADDRESS`: 0 read, 1 write, 2 instruction fetch, 3 other (taken as a read); 4 and 5 (copy back,
 *   invalidate) are no references. Addresses are hexadecimal; an access has one byte, as the format says no size.
 * - `ref`: numbers with blanks, commas or line ends between them; decimal ones are page numbers, `0x…` are addresses. `r`, `w`
 *   or `x` before a number says what the reference does. `#` starts a comment.
 */
export class ReferenceReader {
  private readonly found = new TraceProblems();
  private readonly splitter: LineSplitter;
  private batch: ReferenceBatch | null = null;

  /** @param pageSize of the pages that a `ref` trace numbers */
  constructor(
    readonly format: ReferenceFormat,
    private readonly pageSize: number,
  ) {
    const parse = {
      lackey: (bytes: Uint8Array, start: number, end: number, line: number) => this.lackey(bytes, start, end, line),
      din: (bytes: Uint8Array, start: number, end: number, line: number) => this.din(bytes, start, end, line),
      ref: (bytes: Uint8Array, start: number, end: number, line: number) => this.ref(bytes, start, end, line),
    };
    this.splitter = new LineSplitter(parse[format], (line, message) => this.found.add(line, message));
  }

  get lines(): number {
    return this.splitter.lines;
  }
  /** The first thousand; `problemCount` counts all. */
  get problems(): readonly TraceProblem[] {
    return this.found.first;
  }
  get problemCount(): number {
    return this.found.count;
  }

  feed(chunk: Uint8Array, batch: ReferenceBatch): void {
    this.batch = batch;
    this.splitter.feed(chunk);
  }

  finish(batch: ReferenceBatch): void {
    this.batch = batch;
    this.splitter.finish();
  }

  private lackey(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (bytes[start] === 61 || bytes[start] === 45) return; // `==pid==` and `--pid--`
    const kind = lackeyKind(bytes[start]);
    let at = start + 1;
    while (at < end && isBlank(bytes[at])) at++;
    let comma = at;
    while (comma < end && bytes[comma] !== 44) comma++;
    const address = parsePlainHexadecimal(bytes, at, comma);
    const size = parseDecimal(bytes, comma + 1, end);
    if (kind < 0 || at === start + 1 || !(size >= 1 && size <= largestAccess)) {
      this.found.add(
        line,
        "This is no line of a lackey trace: expected `I`, `L`, `S` or `M`, an address, a comma and a size.",
      );
    } else this.push(kind, address, size, line);
  }

  private din(bytes: Uint8Array, start: number, end: number, line: number): void {
    let at = start + 1;
    while (at < end && isBlank(bytes[at])) at++;
    let stop = at;
    while (stop < end && !isBlank(bytes[stop])) stop++;
    const label = bytes[start] - 48;
    const address = parsePlainHexadecimal(bytes, at, stop);
    if (!(label >= 0 && label <= 5) || at === start + 1) {
      this.found.add(line, "This is no line of a din trace: expected a label from 0 to 5 and a hexadecimal address.");
    } else if (label < 4) this.push(label === 3 ? referenceKind.read : label, address, 1, line);
  }

  private ref(bytes: Uint8Array, start: number, end: number, line: number): void {
    let kind: number = referenceKind.read;
    let at = start;
    while (at < end && bytes[at] !== 35) {
      if (isBlank(bytes[at]) || bytes[at] === 44) {
        at++;
        continue;
      }
      let stop = at;
      while (stop < end && !isBlank(bytes[stop]) && bytes[stop] !== 44 && bytes[stop] !== 35) stop++;
      const letter = stop - at === 1 ? letterKind(bytes[at]) : -1;
      if (letter >= 0) kind = letter;
      else {
        const isAddress = bytes[at] === 48 && (bytes[at + 1] | 32) === 120 && stop - at > 2;
        const number = isAddress ? parsePlainHexadecimal(bytes, at + 2, stop) : parseDecimal(bytes, at, stop);
        this.push(kind, isAddress ? number : number * this.pageSize, 1, line);
        kind = referenceKind.read;
      }
      at = stop;
    }
  }

  private push(kind: number, address: number, size: number, line: number): void {
    if (address >= 0 && address + size <= Number.MAX_SAFE_INTEGER) this.batch?.push(kind, address, size, line);
    else this.found.add(line, "The address is not a number from 0 to 2^53.");
  }
}

function lackeyKind(letter: number): number {
  switch (letter) {
    case 73:
      return referenceKind.execute;
    case 76:
      return referenceKind.read;
    case 83:
      return referenceKind.write;
    case 77:
      return referenceKind.modify;
    default:
      return -1;
  }
}

function letterKind(letter: number): number {
  switch (letter | 32) {
    case 114:
      return referenceKind.read;
    case 119:
      return referenceKind.write;
    case 120:
      return referenceKind.execute;
    default:
      return -1;
  }
}
