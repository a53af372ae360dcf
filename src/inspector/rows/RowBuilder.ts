import { roomFor } from "../../engine/columns";
import { lifeEnds, neverEnded, type Lives } from "../lifetimes/lives";
import { rowMarks, SegmentColumns, type RowSegments } from "./rowSegments";

/** Pixels below which blocks are merged with their neighbours, and from which a name fits. */
const narrow = 2;
const labelled = 20;

const resized = lifeEnds.indexOf("resized");

/** Some steps, some addresses, and the pixels that the addresses have. */
export interface RowsWindow {
  readonly first: number;
  /** At least 1. */
  readonly count: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

/**
 * Makes the rows of some steps, one after the other. A block is merged only with others that begin in the same pixel, and a
 * step touches few pixels: what all others show are segments of rows before. O(lives) altogether, for each row the pixels,
 * and for each birth and end the lives of its pixel.
 */
export class RowBuilder {
  /** Lives looked at so far. */
  looks: number;
  private readonly segments = new SegmentColumns();
  private readonly runs: number[] = [];
  /** Where each row's runs begin, and its blocks in view. */
  private readonly starts: number[] = [0];
  private readonly counts: number[] = [];
  private readonly perByte: number;
  /** Lives that begin in the same pixel are a group: where each begins among the lives, and where the last one ends. */
  private groups = new Int32Array(64);
  private groupCount = 0;
  /** Where each group's segments of the last row begin and end. */
  private readonly begins: Int32Array;
  private readonly ends: Int32Array;
  /** For each row, the groups that do not look as they did in the row before, ascending. */
  private readonly touched: readonly number[][];
  /** For each row, how many more blocks there are than in the row before. */
  private readonly growth: Int32Array;

  /** Of the lives that touch the window, in the order of their addresses. */
  constructor(
    private readonly lives: Lives,
    private readonly found: Int32Array,
    private readonly window: RowsWindow,
  ) {
    const { count, low, high, width } = window;
    this.perByte = width / (high - low);
    this.touched = Array.from({ length: count }, () => []);
    this.growth = new Int32Array(count);
    this.looks = found.length;
    let pixel = NaN;
    for (let at = 0; at < found.length; at++) {
      const own = Math.floor((lives.address[found[at]] - low) * this.perByte);
      if (own !== pixel) this.beginGroup(at);
      pixel = own;
      this.noteChanges(found[at]);
    }
    this.groups = roomFor(this.groups, this.groupCount);
    this.groups[this.groupCount] = found.length;
    this.begins = new Int32Array(this.groupCount);
    this.ends = new Int32Array(this.groupCount);
  }

  /** Adds the row of the next step. */
  addRow(): void {
    const row = this.counts.length;
    const step = this.window.first + row;
    if (row === 0) for (let group = 0; group < this.groupCount; group++) this.draw(group, step);
    else for (const group of this.touched[row]) this.draw(group, step);
    this.addRuns();
    this.starts.push(this.runs.length);
    this.counts.push((this.counts.at(-1) ?? 0) + this.growth[row]);
  }

  finish(): RowSegments {
    const { length, address, size, blocks, marks, named } = this.segments;
    const labels: Record<number, string> = {};
    for (let at = 0; at < length; at++) if (named[at] >= 0) labels[at] = this.lives.handle[named[at]] ?? "";
    return {
      runs: Int32Array.from(this.runs),
      starts: Int32Array.from(this.starts),
      counts: Int32Array.from(this.counts),
      address: address.slice(0, length),
      size: size.slice(0, length),
      blocks: blocks.slice(0, length),
      marks: marks.slice(0, length),
      labels,
    };
  }

  private beginGroup(at: number): void {
    this.groups = roomFor(this.groups, this.groupCount);
    this.groups[this.groupCount++] = at;
  }

  /** Takes note of the rows that a life of the last group changes. */
  private noteChanges(life: number): void {
    const { growth, touched, lives, window } = this;
    const born = lives.born[life] - window.first;
    const ended = lives.ended[life] - window.first;
    if (ended > 0) growth[Math.max(0, born)]++;
    if (ended > 0 && ended < growth.length) growth[ended]--;
    const group = this.groupCount - 1;
    // The marks of a birth and of an end are gone in the row after.
    for (const row of [born, born + 1, ended, ended + 1]) {
      if (row > 0 && row < touched.length && touched[row].at(-1) !== group) touched[row].push(group);
    }
  }

  /** Adds the runs of all groups; groups whose segments follow one another are one run. */
  private addRuns(): void {
    const { begins, ends, runs, groupCount } = this;
    for (let group = 0; group < groupCount;) {
      const begin = begins[group];
      let end = ends[group];
      for (group++; group < groupCount && begins[group] === end; group++) end = ends[group];
      if (end > begin) runs.push(begin, end);
    }
  }

  /** Adds what there is of a group after the step, and what the step ended. */
  private draw(group: number, step: number): void {
    const { lives, found, groups } = this;
    const start = (this.begins[group] = this.segments.length);
    const end = groups[group + 1];
    for (let at = groups[group]; at < end; at++) {
      const life = found[at];
      const ended = lives.ended[life];
      if (lives.born[life] > step || ended < step) continue;
      // A block that grows or shrinks in place is drawn once, as it is then.
      if (ended === step && lives.end[life] === resized) continue;
      this.add(life, this.markOf(life, step), start);
    }
    this.ends[group] = this.segments.length;
    this.looks += end - groups[group];
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

  /** Adds a block; `start` is where the segments of its group begin. */
  private add(life: number, mark: number, start: number): void {
    const { lives, perByte, segments } = this;
    const address = lives.address[life];
    const size = lives.size[life];
    const last = segments.length - 1;
    if (size * perByte < narrow && last >= start && segments.size[last] * perByte < narrow) {
      segments.merge(address + size, mark);
      return;
    }
    const isNamed = size * perByte >= labelled && (lives.handle[life] ?? "") !== "";
    segments.add(address, size, mark, isNamed ? life : -1);
  }
}
