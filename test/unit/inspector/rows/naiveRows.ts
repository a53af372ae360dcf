import type { LifetimeRecorder } from "../../../../src/inspector/lifetimes/LifetimeRecorder";
import { lifeEnds, neverEnded } from "../../../../src/inspector/lifetimes/lives";
import type { RowsQuestion } from "../../../../src/inspector/rows/rows";
import { rowMarks } from "../../../../src/inspector/rows/rowSegments";

interface NaiveSegment {
  address: number;
  size: number;
  blocks: number;
  marks: number;
  label: string | undefined;
}

export interface NaiveRow {
  readonly count: number;
  readonly segments: readonly NaiveSegment[];
}

/** The same rows, made one by one from all lives. */
export function naiveRows(recorder: LifetimeRecorder, question: RowsQuestion): NaiveRow[] {
  const { lives, reached } = recorder;
  const number = recorder.regionNumber(question.region);
  const region = recorder.regions.at(number);
  const { low, high } = question.range ?? { low: region?.low ?? 0, high: region?.high ?? 1 };
  const pixels = (bytes: number): number => bytes * (question.width / (high - low));
  const inView = Array.from({ length: lives.length }, (_, life) => life)
    .filter((life) => lives.region[life] === number && lives.ended[life] > lives.born[life])
    .filter((life) => lives.address[life] < high && lives.address[life] + lives.size[life] > low)
    .sort((left, right) => lives.address[left] - lives.address[right] || left - right);
  const rows: NaiveRow[] = [];
  for (let step = question.first; step < question.first + question.count && step <= reached; step++) {
    const segments: NaiveSegment[] = [];
    for (const life of inView) {
      const ended = lives.ended[life];
      const isResized = ended === step && lifeEnds[lives.end[life]] === "resized";
      if (lives.born[life] > step || ended < step || isResized) continue;
      const isBorn = lives.born[life] === step;
      const marks =
        (isBorn ? rowMarks.born : 0) |
        (isBorn && lives.previous[life] >= 0 ? rowMarks.moved : 0) |
        (ended === step ? rowMarks.ended : 0) |
        (lives.leaked[life] === 1 && ended === neverEnded ? rowMarks.leaked : 0);
      const address = lives.address[life];
      const size = lives.size[life];
      const last = segments.at(-1);
      if (
        last !== undefined &&
        pixels(size) < 2 &&
        pixels(last.size) < 2 &&
        Math.floor(pixels(address - low)) === Math.floor(pixels(last.address - low))
      ) {
        last.size = Math.max(last.size, address + size - last.address);
        last.blocks++;
        last.marks |= marks;
        continue;
      }
      const label = pixels(size) >= 20 && lives.handle[life] ? lives.handle[life] : undefined;
      segments.push({ address, size, blocks: 1, marks, label });
    }
    const count = inView.filter((life) => lives.born[life] <= step && lives.ended[life] > step).length;
    rows.push({ count, segments });
  }
  return rows;
}
