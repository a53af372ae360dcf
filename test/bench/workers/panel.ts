/**
 * `panel.js SCENE SIZE MILLISECONDS`: the real panel in Chromium over a long run; for each view its first paint, scrubbing for
 * so long, bytes of the messages and memory.
 */
import type { ViewId } from "../../../webview/views/registry";
import { closeChromium } from "../../harness/chromium";
import { BenchPage } from "../panel/BenchPage";
import { PanelHost } from "../panel/PanelHost";
import { median } from "../statistics";
import { tell } from "../workerProcess";
import { panelScenes } from "../workloads/panelScenes";

export interface PanelFigures {
  /** Of the whole run. */
  readonly steps: number;
  readonly views: readonly ViewFigures[];
}

interface ViewFigures {
  readonly view: ViewId;
  /** Milliseconds from the arrival of what the view draws until it was on the screen, and its bytes. */
  readonly firstPaint: number;
  readonly firstBytes: number;
  /** Medians of one move of the scrubber: bytes of a message, and milliseconds to go there and to make the message. */
  readonly stepBytes: number;
  readonly seek: number;
  readonly build: number;
  /** Frames a second and processor time of one, of the page alone. */
  readonly framesAlone: number;
  readonly pageMilliseconds: number;
  /** Positions shown a second, machine and all. */
  readonly frames: number;
  /** Megabytes of JavaScript objects, and of the page's process where the system tells. */
  readonly heap: number;
  readonly process: number | null;
}

/** Places along the scrubber, as a hand drags over a part of it. */
const places = 120;

async function measureView(host: PanelHost, view: ViewId, from: number, milliseconds: number): Promise<ViewFigures> {
  const last = host.history.reached;
  const steps = Array.from({ length: places }, (_, at) => Math.floor(from + ((last - 1 - from) * at) / places));
  const page = await BenchPage.open(host, view, last);
  const firstPaint = Math.max(...page.paints);
  const firstBytes = Math.max(...page.sizes);
  await page.play(steps.slice(0, 20));
  const alone = await page.play(steps);
  host.seeks.length = host.builds.length = page.sizes.length = 0;
  const frames = await page.scrub(steps, milliseconds);
  await page.quiet();
  const { heap, process } = await page.memory();
  await page.close();
  return {
    view,
    firstPaint,
    firstBytes,
    stepBytes: median(page.sizes),
    seek: median(host.seeks),
    build: median(host.builds),
    framesAlone: alone.frames,
    pageMilliseconds: alone.milliseconds,
    frames,
    heap,
    process,
  };
}

async function main(): Promise<void> {
  const [name, size, milliseconds] = process.argv.slice(2);
  const { script, from, views } = panelScenes[name];
  const host = new PanelHost(script(Number(size)));
  await host.recordLives();
  const figures: ViewFigures[] = [];
  for (const view of views) figures.push(await measureView(host, view, from(Number(size)), Number(milliseconds)));
  await closeChromium();
  tell({ steps: host.history.reached, views: figures } satisfies PanelFigures);
}

void main();
