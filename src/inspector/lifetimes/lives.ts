import { roomFor } from "../../engine/columns";

/** The end of a life that has not ended. */
export const neverEnded = 0x7fff_ffff;

/** How a life ended. `moved` and `resized`: the block lives on as another life, whose `previous` is this one. */
export const lifeEnds = ["open", "free", "realloc", "reset", "trim", "destroy", "exit", "moved", "resized"] as const;
export type LifeEnd = (typeof lifeEnds)[number];

/**
 * A block at one address with one size is a life; a block that is moved or resized has several. It is there after each
 * step of `[born, ended)`. Lives are numbered in the order in which they begin, so that `born` ascends.
 *
 * A struct of arrays, 48 bytes a life. Columns are replaced when they grow: do not hold one over a step.
 */
export class Lives {
  length = 0;
  /** Id of the allocation. */
  allocation = new Int32Array(64);
  /** As the script wrote it; null when never bound. */
  readonly handle: (string | null)[] = [];
  /** Place in the recorder's list of regions. */
  region = new Uint16Array(64);
  /** Of the payload: what the handle holds. */
  address = new Float64Array(64);
  /** Bytes asked for. */
  size = new Float64Array(64);
  /** Steps, from 1. */
  born = new Int32Array(64);
  ended = new Int32Array(64);
  /** 0-based line that allocated the block. */
  line = new Int32Array(64);
  /** The life that it goes on from, or -1. */
  previous = new Int32Array(64);
  /** Place in `lifeEnds`. */
  end = new Uint8Array(64);
  /** 1 when the run reported the block as a leak. */
  leaked = new Uint8Array(64);

  /** Makes room for one more life and returns its number; its columns are then to be written. */
  add(): number {
    const at = this.length++;
    if (at < this.born.length) return at;
    this.allocation = roomFor(this.allocation, at);
    this.region = roomFor(this.region, at);
    this.address = roomFor(this.address, at);
    this.size = roomFor(this.size, at);
    this.born = roomFor(this.born, at);
    this.ended = roomFor(this.ended, at);
    this.line = roomFor(this.line, at);
    this.previous = roomFor(this.previous, at);
    this.end = roomFor(this.end, at);
    this.leaked = roomFor(this.leaked, at);
    return at;
  }
}
