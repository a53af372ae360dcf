import type { LifetimeRecorder, RecordedRegion } from "../lifetimes/LifetimeRecorder";
import { lifeEnds, neverEnded, type Lives } from "../lifetimes/lives";
import { severityOfNumber } from "../lifetimes/StepLog";
import { collectLives } from "../lifetimes/window";

/** Asks for some rows: the blocks of a region after each of some steps. */
export interface RowsQuestion {
  /** Null: the first region. */
  readonly region: string | null;
  /** The first step, from 1. */
  readonly first: number;
  readonly count: number;
  /** Addresses in view, half-open; null: all that the region's blocks have had. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** Of a row, in pixels: blocks that no two pixels show apart are merged. */
  readonly width: number;
}

/** What a step did to a segment's blocks, as bits. */
export const rowMarks = { born: 1, ended: 2, leaked: 4, moved: 8 } as const;

export interface RowHead {
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  readonly text: string;
  /** Of the step's worst problem, with its message. */
  readonly severity: (typeof severityOfNumber)[number];
  readonly message: string;
}

/** The segments of all rows behind each other, a column an array. */
export interface RowSegments {
  /** Where each row's segments begin, and where the last row's end. */
  readonly starts: Int32Array;
  /** Blocks in view after each row's step. */
  readonly counts: Int32Array;
  readonly address: Float64Array;
  /** From the first block's start to the last one's end. */
  readonly size: Float64Array;
  /** Blocks that the segment stands for. */
  readonly blocks: Int32Array;
  readonly marks: Uint8Array;
  /** Handles of the single blocks that are wide enough for a name, by the segment's number. */
  readonly labels: Readonly<Partial<Record<number, string>>>;
}

export interface RowsAnswer {
  readonly regions: readonly RecordedRegion[];
  readonly region: string | null;
  readonly low: number;
  readonly high: number;
  /** Steps recorded. */
  readonly reached: number;
  readonly heads: readonly RowHead[];
  readonly segments: RowSegments;
}

/** Rows of one answer at most. */
export const mostRows = 256;
/** Blocks looked at for one answer at most; a heap with very many live blocks answers with fewer rows. */
const mostLooks = 8_000_000;
/** Pixels below which blocks are merged with their neighbours, and from which a name fits. */
const narrow = 2;
const labelled = 20;

/** The blocks of a region after each of some steps. Read from the recording: no machine is moved. */
export function answerRows(
  recorder: LifetimeRecorder,
  question: RowsQuestion,
  lineText: (line: number) => string,
): RowsAnswer {
  const { lives, steps, reached, regions } = recorder;
  const number = recorder.regionNumber(question.region);
  const region = regions.at(number);
  const { low, high } = question.range ?? { low: region?.low ?? 0, high: region?.high ?? 1 };
  const first = Math.max(1, Math.floor(question.first));
  const wanted = Math.max(0, Math.min(question.count, mostRows, reached - first + 1));
  // A block that the first step ended was there before it.
  const window = { fromStep: first - 1, toStep: first + wanted, low, high };
  const found = wanted === 0 ? new Int32Array(0) : collectLives(recorder, number, window);
  found.sort((left, right) => lives.address[left] - lives.address[right] || left - right);
  const count = Math.min(wanted, Math.max(1, Math.floor(mostLooks / Math.max(1, found.length))));
  const builder = new SegmentBuilder(lives, low, high, question.width);
  for (let step = first; step < first + count; step++) builder.addRow(found, step);
  const heads = Array.from({ length: count }, (_, at): RowHead => {
    const step = first + at;
    const line = steps.line[step];
    const severity = severityOfNumber[steps.severity[step]];
    return { step, line, text: lineText(line), severity, message: steps.message(step) };
  });
  return {
    regions: regions.map((each) => ({ ...each })),
    region: region?.name ?? null,
    low,
    high,
    reached,
    heads,
    segments: builder.finish(),
  };
}

const resized = lifeEnds.indexOf("resized");

class SegmentBuilder {
  private readonly starts = [0];
  private readonly counts: number[] = [];
  private readonly address: number[] = [];
  private readonly size: number[] = [];
  private readonly blocks: number[] = [];
  private readonly marks: number[] = [];
  private readonly labels: Record<number, string> = {};
  private readonly perByte: number;

  constructor(
    private readonly lives: Lives,
    private readonly low: number,
    high: number,
    width: number,
  ) {
    this.perByte = width / (high - low);
  }

  /** Adds what is there after the step, and what the step ended, of lives in address order. */
  addRow(found: Int32Array, step: number): void {
    const { lives } = this;
    const rowStart = this.address.length;
    let count = 0;
    for (const life of found) {
      const ended = lives.ended[life];
      if (lives.born[life] > step || ended < step) continue;
      // A block that grows or shrinks in place is drawn once, as it is then.
      if (ended === step && lives.end[life] === resized) continue;
      this.add(life, this.markOf(life, step), rowStart);
      if (ended > step) count++;
    }
    this.counts.push(count);
    this.starts.push(this.address.length);
  }

  finish(): RowSegments {
    return {
      starts: Int32Array.from(this.starts),
      counts: Int32Array.from(this.counts),
      address: Float64Array.from(this.address),
      size: Float64Array.from(this.size),
      blocks: Int32Array.from(this.blocks),
      marks: Uint8Array.from(this.marks),
      labels: this.labels,
    };
  }

  private markOf(life: number, step: number): number {
    const { lives } = this;
    const isBorn = lives.born[life] === step;
    return (
      (isBorn ? rowMarks.born : 0) |
      (isBorn && lives.previous[life] >= 0 ? rowMarks.moved : 0) |
      (lives.ended[life] === step ? rowMarks.ended : 0) |
      (lives.leaked[life] === 1 && lives.ended[life] === neverEnded ? rowMarks.leaked : 0)
    );
  }

  private add(life: number, mark: number, rowStart: number): void {
    const { lives, perByte, low } = this;
    const address = lives.address[life];
    const size = lives.size[life];
    const last = this.address.length - 1;
    const isNarrow = size * perByte < narrow;
    if (
      isNarrow &&
      last >= rowStart &&
      this.size[last] * perByte < narrow &&
      Math.floor((address - low) * perByte) === Math.floor((this.address[last] - low) * perByte)
    ) {
      this.size[last] = Math.max(this.size[last], address + size - this.address[last]);
      this.blocks[last]++;
      this.marks[last] |= mark;
      return;
    }
    this.address.push(address);
    this.size.push(size);
    this.blocks.push(1);
    this.marks.push(mark);
    const handle = lives.handle[life];
    if (handle !== null && handle !== "" && size * perByte >= labelled) this.labels[last + 1] = handle;
  }
}
