import type { Target } from "../report";

/** How much to measure. */
export interface BenchOptions {
  /** Interleaved rounds. */
  readonly rounds: number;
  /** Small workloads and short warm-ups: to see whether the bench works, not to quote. */
  readonly isQuick: boolean;
  /** Peers that this machine has. */
  readonly peers: readonly string[];
}

/** One table or two of the bench. */
export interface BenchPart {
  readonly name: string;
  readonly title: string;
  /** What `--help` says of it. */
  readonly about: string;
  /** Prints its tables; gives what it promises and measured. */
  run(options: BenchOptions): readonly Target[] | Promise<readonly Target[]>;
}
