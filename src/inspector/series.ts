import type { MachineState } from "../machine/run/MachineState";
import type { SeriesView } from "./model";

interface Sample {
  readonly used: number;
  readonly free: number;
  readonly largest: number;
  readonly fragmentation: number;
  readonly peak: number;
  readonly faults: number;
  readonly hitRate: number;
}

export const noSeries: SeriesView = {
  hasHeap: false,
  hasPaging: false,
  steps: [],
  used: [],
  free: [],
  largest: [],
  fragmentation: [],
  peak: [],
  faults: [],
  hitRate: [],
};

/** Sums over all heaps; `largest` is the largest hole of any of them. */
function sampleOf(state: MachineState): Sample {
  let used = 0;
  let free = 0;
  let largest = 0;
  let peak = 0;
  for (const heap of state.heaps.values()) {
    const stats = heap.stats();
    used += stats.currentUsed;
    free += stats.freeBytes;
    largest = Math.max(largest, stats.largestFree);
    peak += stats.peakUsed;
  }
  const { faults, hits, references } = state.vm?.stats() ?? { faults: 0, hits: 0, references: 0 };
  const fragmentation = free === 0 ? 0 : 1 - largest / free;
  return { used, free, largest, fragmentation, peak, faults, hitRate: references === 0 ? 0 : hits / references };
}

/**
 * Heap statistics over steps in bounded memory: a run of any length keeps at most `capacity` samples, evenly spaced.
 * When they grow too many every second one is dropped and the spacing doubles, so the picture never has a dense and a
 * sparse half. Samples may arrive in any order, as a history is travelled.
 */
export class SeriesRecorder {
  private readonly samples = new Map<number, Sample>();
  private spacing = 1;
  private sawHeap = false;
  private sawPaging = false;
  /** The view as long as no sample is added: whoever sends it can tell that nothing changed. */
  private cached: SeriesView | null = null;
  private last: { readonly step: number; readonly sample: Sample } | null = null;

  constructor(private readonly capacity = 800) {}

  /** Without a heap or a reference to a page every curve is flat. */
  get hasCurve(): boolean {
    return this.sawHeap || this.sawPaging;
  }

  /** The same up to a step, to go on from there another way. */
  upTo(step: number): SeriesRecorder {
    const copy = new SeriesRecorder(this.capacity);
    copy.spacing = this.spacing;
    for (const [at, sample] of this.samples) {
      if (at > step) continue;
      copy.samples.set(at, sample);
      copy.sawHeap ||= sample.used + sample.free > 0;
      copy.sawPaging ||= sample.faults + sample.hitRate > 0;
      if (copy.last === null || at > copy.last.step) copy.last = { step: at, sample };
    }
    return copy;
  }

  /** Whether a sample of this step would be kept; lets a fast run skip the statistics. */
  wants(step: number): boolean {
    return step % this.spacing === 0 && !this.samples.has(step);
  }

  /** Takes the statistics of the state's step; the furthest step is kept even between two spacings. */
  record(state: MachineState): void {
    const { step } = state;
    const furthest = this.last === null || step >= this.last.step;
    if (!furthest && !this.wants(step)) return;
    if (step === this.last?.step) return;
    const sample = sampleOf(state);
    this.cached = null;
    this.sawHeap ||= state.heaps.size > 0;
    this.sawPaging ||= (state.vm?.stats().references ?? 0) > 0;
    if (furthest) this.last = { step, sample };
    if (step % this.spacing !== 0) return;
    this.samples.set(step, sample);
    this.thin();
  }

  view(): SeriesView {
    return (this.cached ??= this.build());
  }

  /** Keeps the first sample of each stretch: one at a multiple of the spacing, unless an edit moved them all. */
  private thin(): void {
    while (this.samples.size > this.capacity) {
      this.spacing *= 2;
      let stretch = -1;
      for (const step of [...this.samples.keys()].sort((left, right) => left - right)) {
        const next = Math.floor(step / this.spacing);
        if (next === stretch) this.samples.delete(step);
        stretch = next;
      }
    }
  }

  private build(): SeriesView {
    const entries = [...this.samples];
    if (this.last !== null && !this.samples.has(this.last.step)) entries.push([this.last.step, this.last.sample]);
    entries.sort(([left], [right]) => left - right);
    return {
      hasHeap: this.sawHeap,
      hasPaging: this.sawPaging,
      steps: entries.map(([step]) => step),
      used: entries.map(([, sample]) => sample.used),
      free: entries.map(([, sample]) => sample.free),
      largest: entries.map(([, sample]) => sample.largest),
      fragmentation: entries.map(([, sample]) => sample.fragmentation),
      peak: entries.map(([, sample]) => sample.peak),
      faults: entries.map(([, sample]) => sample.faults),
      hitRate: entries.map(([, sample]) => sample.hitRate),
    };
  }
}
