import { maximumLines } from "../language/parsing/ProgramDocument";
import type { ReferenceFormat } from "./format";
import { referenceFormats } from "./formats";
import { readingText, readingWarnings, type TraceReading } from "./reading";
import { ReferenceBatch, referenceKind } from "./references";
import { noSurroundings } from "./surroundings";
import { plainName, tooLongMessage, type Conversion } from "./toScript";
import { usualPageSize as pageSize, type TraceRequest } from "./request";
import { TraceReader } from "./TraceReader";

/** Pages that a `vm` has without `pages=`. */
const usualPages = 2 ** 20;
/** Pages of one `reference` line. */
const longestString = 20;
/** At most: what was recorded and how it was read, the page table, one empty. */
const headerLines = 9;

/**
 * Turns a trace of memory references into a script of `access` lines over demand paging; page numbers become `reference` lines. No input makes it throw.
 */
export class ReferenceConverter {
  private readonly reader: TraceReader<"references", ReferenceBatch>;
  private readonly batch: ReferenceBatch;
  private readonly body: string[] = [];
  private readonly counts = [0, 0, 0, 0];
  /** Pages of the `reference` line that is being made, all of one kind. */
  private pages: number[] = [];
  private pagesKind = "r";
  private largestPage = 0;
  private tooLong = false;

  constructor(
    private readonly source: string,
    candidates: readonly ReferenceFormat[] = referenceFormats,
    private readonly surroundings = noSurroundings,
    request: TraceRequest = {},
  ) {
    this.batch = new ReferenceBatch(request.modify === "twice");
    this.reader = new TraceReader(candidates, request);
  }

  get isOver(): boolean {
    return this.tooLong || this.reader.isOver;
  }

  feed(chunk: Uint8Array): void {
    this.reader.feed(chunk, this.batch);
    this.write();
  }

  finish(): Conversion {
    this.reader.finish(this.batch);
    this.write();
    this.endString();
    const { reader, body } = this;
    const { problems, problemCount } = reader;
    const operations = this.counts.reduce((sum, count) => sum + count, 0);
    const { format, reading } = reader;
    const facts = { format, reading, operations, refused: [], refusedCount: 0, problems, problemCount };
    if (operations === 0) return { ok: false, message: problems.at(0)?.message ?? "The trace is empty.", facts };
    if (this.tooLong) return { ok: false, message: tooLongMessage, facts };
    const lines = [...this.header(operations), ...body];
    return { ok: true, lineCount: lines.length, lines, facts };
  }

  private header(references: number): string[] {
    const { largestPage } = this;
    const { reading } = this.reader;
    const [reads, writes, fetches, modified] = this.counts.map((count) => count.toLocaleString("en-US"));
    const pages = largestPage < usualPages ? usualPages : 2 ** Math.ceil(Math.log2(largestPage + 1));
    const vm = `vm replacement=lru${pages === usualPages ? "" : ` pages=${pages}`}`;
    return [
      `# Recorded from a real program: ${plainName(this.source)}.`,
      ...(reading === null ? [] : readingComments(reading, references)),
      `# ${references.toLocaleString("en-US")} references: ${reads} reads, ${writes} writes, ${fetches} fetches, ${modified} that read and write.`,
      this.surroundings.hasVm ? `# Needs \`${vm}\`; here the script's own \`vm\` serves.` : vm,
      // Pages permit fetches only where a region says so.
      ...(this.counts[referenceKind.execute] === 0 ? [] : [`region program 0..${pages} rwxu`]),
      "",
    ];
  }

  private write(): void {
    const { batch, reader } = this;
    // Script lines for whole pages are for traces that number them.
    const hasPages = (reader.reading?.numbers?.unit ?? "addresses") !== "addresses";
    const { kinds, addresses, sizes } = batch;
    for (let k = 0; k < batch.length && !this.tooLong; k++) {
      this.counts[kinds[k]]++;
      const last = Math.floor((addresses[k] + sizes[k] - 1) / pageSize);
      this.largestPage = Math.max(this.largestPage, last);
      if (hasPages && sizes[k] === 1 && addresses[k] % pageSize === 0) {
        this.addPage(addresses[k] / pageSize, letters[kinds[k]]);
        continue;
      }
      this.endString();
      const size = sizes[k] === 1 ? "" : ` size=${sizes[k]}`;
      this.push(`access 0x${addresses[k].toString(16)} ${letters[kinds[k]]}${size}`);
    }
    batch.clear();
  }

  private addPage(page: number, kind: string): void {
    if (kind !== this.pagesKind || this.pages.length === longestString) this.endString();
    this.pagesKind = kind;
    this.pages.push(page);
  }

  private endString(): void {
    if (this.pages.length === 0) return;
    this.push(`reference "${this.pages.join(" ")}"${this.pagesKind === "r" ? "" : ` ${this.pagesKind}`}`);
    this.pages = [];
  }

  private push(line: string): void {
    this.tooLong ||= headerLines + this.body.length >= maximumLines - 1;
    if (!this.tooLong) this.body.push(line);
  }
}

function readingComments(reading: TraceReading, references: number): string[] {
  const warnings = readingWarnings(reading).map(({ line, message }) => `# Line ${line + 1} of the trace: ${message}`);
  return [`# ${readingText(reading, references)}.`, ...warnings];
}

/** What a reference does in scripts, by the number of its kind. */
const letters = ["r", "w", "x", "m"] as const;
