/** How often a reference stream faults in a memory of each size, under a policy whose pages in a smaller memory are always in a larger one. */
export class MissCurve {
  /** By number of frames: references that fault. */
  private readonly counts: Float64Array;

  /**
   * @param references of the stream
   * @param distances by stack distance (1 is the top): references that hit in memories of that many frames or more
   */
  constructor(
    readonly references: number,
    distances: Float64Array,
  ) {
    this.counts = new Float64Array(distances.length);
    let faults = references;
    this.counts[0] = faults;
    for (let frames = 1; frames < distances.length; frames++) {
      faults -= distances[frames];
      this.counts[frames] = faults;
    }
  }

  /** The largest number of frames the curve was made for; more frames do not help, unless it was cut there. */
  get frames(): number {
    return this.counts.length - 1;
  }

  faults(frames: number): number {
    return this.counts[Math.min(frames, this.frames)];
  }
}
