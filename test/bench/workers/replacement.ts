/** `replacement.js PROGRAM REFERENCES PAGES FRAMES`: nanoseconds of one reference of a zipf stream, and how many faulted. */
import { LRUCache } from "lru-cache";
import MnemonistCache from "mnemonist/lru-cache";
import { replacementPolicies } from "../../../src/engine/replacement/createPolicy";
import { lruCurve } from "../../../src/engine/replacement/curves/lruCurve";
import { Future } from "../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../src/engine/replacement/MersenneTwister";
import { PageCache } from "../../../src/engine/replacement/PageCache";
import { median } from "../statistics";
import { tell } from "../workerProcess";

/** Page k is used in proportion to 1 / (k + 1), and pages are numbered in no order of use. */
function zipfStream(count: number, pages: number): Uint32Array {
  const random = new MersenneTwister(1);
  const weights = new Float64Array(pages);
  const numbers = Uint32Array.from({ length: pages }, (_, page) => page);
  let total = 0;
  for (let page = 0; page < pages; page++) weights[page] = total += 1 / (page + 1);
  for (let page = pages - 1; page > 0; page--) {
    const other = random.below(page + 1);
    [numbers[page], numbers[other]] = [numbers[other], numbers[page]];
  }
  return Uint32Array.from({ length: count }, () => {
    const wanted = random.next() * total;
    let low = 0;
    for (let high = pages - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (weights[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return numbers[low];
  });
}

interface AnyCache {
  get(page: number): number | undefined;
  set(page: number, value: number): unknown;
}

function countMisses(cache: AnyCache, stream: Uint32Array): number {
  let misses = 0;
  for (const page of stream) {
    if (cache.get(page) !== undefined) continue;
    misses++;
    cache.set(page, 1);
  }
  return misses;
}

/** What runs the whole stream once in a fresh memory and returns the faults. */
function programOf(name: string, stream: Uint32Array, frames: number): () => number {
  if (name === "lru-cache") return () => countMisses(new LRUCache<number, number>({ max: frames }), stream);
  if (name === "mnemonist") return () => countMisses(new MnemonistCache<number, number>(frames), stream);
  if (name === "lru-curve") return () => lruCurve(stream).faults(frames);
  const policy = replacementPolicies.find((candidate) => candidate === name);
  if (policy === undefined) throw new Error(`No policy is named ${name}.`);
  const future = new Future(policy === "opt" || policy === "unopt" ? stream : []);
  return () => {
    const cache = new PageCache(frames, policy, { future });
    cache.run(stream);
    return cache.stats.faults;
  };
}

const [name, ...numbers] = process.argv.slice(2);
const [references, pages, frames] = numbers.map(Number);
const program = programOf(name, zipfStream(references, pages), frames);
const times: number[] = [];
const start = process.hrtime.bigint();
let faults = 0;
let isWarm = false;
while (times.length < 5) {
  const began = process.hrtime.bigint();
  faults = program();
  const end = process.hrtime.bigint();
  if (isWarm) times.push(Number(end - began) / references);
  isWarm ||= end - start > 300_000_000n;
}
tell({ nanoseconds: median(times), faults });
