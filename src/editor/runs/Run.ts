import type * as vscode from "vscode";
import type { Program } from "../../language/parsing/syntax";
import type { History } from "../../machine/run/History";
import type { MomentReader, ReadableRun, Synchronous } from "../../machine/run/readers";
import type { MachineOptions } from "../../machine/run/options";

/** A run and a position in it. */
export interface Moment {
  readonly run: Run;
  readonly position: number;
}

/** A read of a run whose history has gone on with a later version of the script. */
export class ScriptChanged extends Error {
  constructor() {
    super("The script has changed since this run.");
  }
}

/**
 * One run of a script, as it is read: {@link at} is the only way to its memory, so that no reader depends on where
 * another one left the history. Documents, debug sessions and commands make runs.
 */
export class Run implements ReadableRun {
  readonly program: Program;

  constructor(
    readonly uri: vscode.Uri,
    /** The script's text. */
    private readonly script: () => string,
    private readonly history: History,
    /** Whether the history goes back after each read, because its owner steps through it. */
    private readonly returns = false,
  ) {
    this.program = history.program;
  }

  get options(): MachineOptions {
    return this.history.options;
  }

  /** The furthest position that the run has reached. */
  get reached(): number {
    return this.history.reached;
  }

  /** False once the history has gone on with a later version of the script: the run can be read no more. */
  get isReadable(): boolean {
    return this.history.program === this.program;
  }

  /** Joined at the first use: that takes milliseconds for a long script. */
  get text(): string {
    return this.script();
  }

  /**
   * What `read` returns of the run after `position` steps, clamped to those that the run has reached. Costs nothing
   * where the history stands there already. Throws {@link ScriptChanged} when the run is not readable.
   */
  at<T>(position: number, read: (moment: MomentReader) => Synchronous<T>): T {
    const { history } = this;
    if (!this.isReadable) throw new ScriptChanged();
    const before = history.position;
    const target = Math.min(position, history.reached);
    if (target !== before) history.seek(target);
    try {
      return read(history);
    } finally {
      if (this.returns && history.position !== before) history.seek(before);
    }
  }
}
