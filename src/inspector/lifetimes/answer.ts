import type { LifetimeRecorder, RecordedRegion } from "./LifetimeRecorder";
import { problemColumns, type ProblemColumns } from "./problemColumns";
import { RasterBuilder, type Raster } from "./raster";
import { collectLives, type LifeWindow } from "./window";

/** Asks for the lives of a region as they look at a resolution. */
export interface LifetimesQuestion {
  /** Null: the first region. */
  readonly region: string | null;
  /** Null: all steps and all addresses that the region's blocks have had. */
  readonly window: LifeWindow | null;
  /** Of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Rectangles one by one, in the order of birth; a column an array. See `Lives` for what each means. */
export interface LifeColumns {
  readonly address: Float64Array;
  readonly size: Float64Array;
  readonly born: Int32Array;
  readonly ended: Int32Array;
  readonly leaked: Uint8Array;
}

export type LifePicture =
  { readonly kind: "blocks"; readonly lives: LifeColumns } | { readonly kind: "raster"; readonly raster: Raster };

export interface LifetimesAnswer {
  readonly regions: readonly RecordedRegion[];
  /** What of the question's region and window there is. Null before the first allocation. */
  readonly region: string | null;
  readonly window: LifeWindow;
  /** All steps, and all addresses that the region's blocks have had. */
  readonly whole: LifeWindow;
  /** Steps recorded; their number grows while a run goes on. */
  readonly reached: number;
  readonly picture: LifePicture;
  readonly problems: ProblemColumns;
}

/** More rectangles than this are aggregated. */
export const mostRectangles = 20_000;

/** What is visible of the lives in a window, exactly where it is little, else aggregated by pixel. */
export function answerLifetimes(recorder: LifetimeRecorder, question: LifetimesQuestion): LifetimesAnswer {
  const { regions, steps, reached } = recorder;
  const number = recorder.regionNumber(question.region);
  const region = regions.at(number);
  const whole = wholeWindow(recorder, region);
  const window = question.window ?? whole;
  const width = Math.max(1, Math.floor(question.width));
  const height = Math.max(1, Math.floor(question.height));
  return {
    regions: regions.map((each) => ({ ...each })),
    region: region?.name ?? null,
    window,
    whole,
    reached,
    picture: pictureOf(recorder, number, window, width, height),
    problems: problemColumns(steps, window.fromStep, window.toStep, width),
  };
}

/** All steps, and the addresses that the blocks of a region have had. */
export function wholeWindow({ reached }: LifetimeRecorder, region: RecordedRegion | undefined): LifeWindow {
  return { fromStep: 0, toStep: reached + 1, low: region?.low ?? 0, high: region?.high ?? 1 };
}

function pictureOf(
  recorder: LifetimeRecorder,
  region: number,
  window: LifeWindow,
  width: number,
  height: number,
): LifePicture {
  const { lives } = recorder;
  const found = collectLives(recorder, region, window);
  if (found.length > mostRectangles) {
    const builder = new RasterBuilder(window, width, height);
    for (const life of found) builder.add(lives, life);
    return { kind: "raster", raster: builder.finish() };
  }
  const pick = <Column extends Float64Array | Int32Array | Uint8Array>(column: Column): Column => {
    const picked = new (column.constructor as new (length: number) => Column)(found.length);
    for (const [at, life] of found.entries()) picked[at] = column[life];
    return picked;
  };
  const { address, size, born, ended, leaked } = lives;
  return {
    kind: "blocks",
    lives: { address: pick(address), size: pick(size), born: pick(born), ended: pick(ended), leaked: pick(leaked) },
  };
}
