import type { CacheLevel } from "./CacheLevel";

/** A line that left a cache on the way of a reference. */
export interface CacheDeparture {
  readonly cache: CacheLevel;
  /** Of its first byte. */
  readonly address: number;
  /** Whether it made room for another line, or followed one that left an inclusive cache below. */
  readonly why: "room" | "inclusion";
  /** Where it was written back to: a cache, or null for memory; undefined when it was clean. */
  readonly writtenTo: CacheLevel | null | undefined;
}

/** What one reference met in one cache. */
export interface CacheMeeting {
  readonly cache: CacheLevel;
  /** One of `cacheResult`, never `none`. */
  readonly result: number;
  readonly address: number;
  /** Bytes; they may straddle two lines. */
  readonly size: number;
  readonly isWrite: boolean;
}

/** More meetings or departures than this are counted only, all but the last. */
const trailBudget = 64;

/** What references did to the lines of caches, from `clear` on: for views. The first of them and the last one are kept. */
export class CacheTrail {
  readonly meetings: CacheMeeting[] = [];
  readonly departures: CacheDeparture[] = [];
  /** Meetings that are not kept. */
  hidden = 0;

  clear(): void {
    this.meetings.length = 0;
    this.departures.length = 0;
    this.hidden = 0;
  }

  meet(meeting: CacheMeeting): void {
    if (this.meetings.length === trailBudget) {
      this.meetings.pop();
      this.hidden++;
    }
    this.meetings.push(meeting);
  }

  leave(departure: CacheDeparture): void {
    if (this.departures.length === trailBudget) this.departures.pop();
    this.departures.push(departure);
  }
}
