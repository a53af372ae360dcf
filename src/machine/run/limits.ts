import type { MachineLimits } from "./contract";

const mebibyte = 1024 ** 2;

/** The budget of a run that somebody asked for: command line, debugger, "Run File". */
export const defaultLimits: MachineLimits = {
  steps: 1_000_000,
  memory: 1024 * mebibyte,
  residentMemory: 256 * mebibyte,
  blocks: 4_194_304,
  problems: 1000,
};

/** The budget of the run behind diagnostics and hovers, which is repeated while somebody types. */
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
