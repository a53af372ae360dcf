/** Budgets of one run; passing one is the problem `limit-exceeded`, which names the limit and the setting that raises it. */
export interface MachineLimits {
  /** Executed lines; rounds of an empty loop count too. Setting `memscript.limits.steps`. */
  readonly steps: number;
  /** Largest size of one heap or pool in bytes; frames of physical memory are counted by `blocks`. Setting `memscript.limits.memory`. */
  readonly memory: number;
  /** Simulated bytes that may exist at once, all stores together. Setting `memscript.limits.residentMemory`. */
  readonly residentMemory: number;
  /** Live blocks of all heaps and pools together, and frames of the vm. Setting `memscript.limits.blocks`. */
  readonly blocks: number;
  /** Problems kept; later ones are counted, not kept. Setting `memscript.limits.problems`. */
  readonly problems: number;
}

const mebibyte = 1024 ** 2;

/** The budget of a requested run: command line, debugger, "Run File". */
export const defaultLimits: MachineLimits = {
  steps: 1_000_000,
  memory: 1024 * mebibyte,
  residentMemory: 256 * mebibyte,
  blocks: 4_194_304,
  problems: 1000,
};

/** The budget of the run that diagnostics and hovers rest on, which is repeated at each edit. */
export const typingLimits: MachineLimits = { ...defaultLimits, steps: 200_000 };

/** The setting that raises each limit, as messages name it. */
export const limitSettings: Readonly<Record<keyof MachineLimits, string>> = {
  steps: "memscript.limits.steps",
  memory: "memscript.limits.memory",
  residentMemory: "memscript.limits.residentMemory",
  blocks: "memscript.limits.blocks",
  problems: "memscript.limits.problems",
};

/** Problems of one kind kept for one line: a mistake inside a loop must not crowd out those of other lines. */
export const keptPerLine = 100;
