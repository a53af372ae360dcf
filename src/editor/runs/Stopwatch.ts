import type { WorkHost } from "../../language/coroutines";

/** A host that counts its pauses and measures the time between them. */
export class Stopwatch implements WorkHost {
  readonly sliceMilliseconds: number;
  pauses = 0;
  private earlier = 0;
  private sliceStart: number | null = null;
  private latest = 0;

  constructor(private readonly host: WorkHost) {
    this.sliceMilliseconds = host.sliceMilliseconds;
  }

  /** Time of all slices up to the last reading of the clock, without the pauses. */
  get milliseconds(): number {
    return this.earlier + (this.sliceStart === null ? 0 : this.latest - this.sliceStart);
  }

  now(): number {
    this.latest = this.host.now();
    this.sliceStart ??= this.latest;
    return this.latest;
  }

  pause(): Promise<void> {
    this.earlier = this.milliseconds;
    this.sliceStart = null;
    this.pauses++;
    return this.host.pause();
  }

  cancelled(): boolean {
    return this.host.cancelled();
  }
}
