import { isBlank } from "./bytes";

/** Maximum length of a line in bytes. A longer one is reported and passed over, so that junk cannot fill the memory. */
export const longestLine = 65_536;

/** Receives the half-open range of a line without its end and the blanks around it; `line` is its 0-based number. */
export type LineTaker = (bytes: Uint8Array, start: number, end: number, line: number) => void;

/** Cuts bytes that come in chunks into lines. Empty lines are counted only. */
export class LineSplitter {
  /** Lines finished so far. */
  lines = 0;
  /** Set to stop taking lines. */
  isStopped = false;
  /** The start of a line that the last chunk did not end. */
  private rest = new Uint8Array(256);
  private restLength = 0;
  private tooLong = false;

  constructor(
    private readonly take: LineTaker,
    private readonly refuse: (line: number, message: string) => void,
  ) {}

  feed(chunk: Uint8Array): void {
    let start = 0;
    while (start < chunk.length && !this.isStopped) {
      const end = chunk.indexOf(10, start);
      if (end === -1) {
        this.keep(chunk, start, chunk.length);
        return;
      }
      if (this.restLength > 0 || this.tooLong) {
        this.keep(chunk, start, end);
        this.endRest();
      } else this.line(chunk, start, end);
      start = end + 1;
    }
  }

  /** After the last chunk: whether the last line had an end. */
  finish(): boolean {
    const ended = this.restLength === 0;
    if (!ended || this.tooLong) this.endRest();
    return ended;
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const length = this.restLength + end - start;
    if (this.tooLong || length > longestLine) {
      this.tooLong = true;
      this.restLength = 0;
      return;
    }
    if (length > this.rest.length) {
      const larger = new Uint8Array(Math.min(longestLine, length * 2));
      larger.set(this.rest.subarray(0, this.restLength));
      this.rest = larger;
    }
    this.rest.set(chunk.subarray(start, end), this.restLength);
    this.restLength = length;
  }

  private endRest(): void {
    const length = this.restLength;
    this.restLength = 0;
    if (this.tooLong) {
      this.tooLong = false;
      this.refuse(this.lines++, `The line is longer than ${longestLine} bytes.`);
    } else this.line(this.rest, 0, length);
  }

  private line(bytes: Uint8Array, from: number, to: number): void {
    const line = this.lines++;
    let start = from;
    let end = to;
    if (end - start > longestLine) {
      this.refuse(line, `The line is longer than ${longestLine} bytes.`);
      return;
    }
    if (line === 0 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3;
    while (end > start && (isBlank(bytes[end - 1]) || bytes[end - 1] === 13)) end--;
    while (start < end && isBlank(bytes[start])) start++;
    if (start < end) this.take(bytes, start, end, line);
  }
}
