import { syntaxMessage } from "../../language/parsing/syntaxProblems";
import type { CacheOptions, Latencies } from "../../engine/cache/contract";
import type { HeapOptions } from "../../engine/heap/options";
import { parseLine } from "../../language/parsing/statements";
import { commandLineWords } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import { defaultLimits, type MachineLimits } from "../run/limits";
import { placeRegion } from "../state/regionBase";
import { World } from "../state/World";
import { Step } from "../step/Step";
import { declareCache, declareLatency } from "../verbs/cache";
import { readGiven } from "../verbs/heap";
import { readTlb } from "../verbs/tlb";
import { readVm, type VmDeclaration } from "../verbs/vmDeclaration";
import { replayHeapOptions } from "./options";

export interface CacheDeclarations {
  /** In order from the processor on. */
  readonly caches: readonly CacheOptions[];
  readonly latencies: Latencies;
  /** Whether a `latency` was said. */
  readonly isTimed: boolean;
}

/** What programs of 64-bit processors address: 2^48 bytes. */
const recordedSpace = 2 ** 48;

/**
 * The vm that a `vm` line with these options declares for a trace, or what is wrong with it; a `tlb` line, which says the
 * ways and the policy of the lookaside buffer, may follow a semicolon. A table that does not say how far it reaches, as a
 * flat one, covers the addresses of real programs.
 */
export function readVmText(text: string, limits = defaultLimits): VmDeclaration | { readonly message: string } {
  const [options, ...others] = text.split(";").map((part) => part.trim());
  const step = stepOf(`vm ${options}`, newWorld(), limits);
  if ("message" in step) return withTlbHint(step.message, options);
  const declared = readVm(step);
  if (declared === null) return { message: firstProblem(step) };
  const { format, pageSize } = declared.options;
  if (step.option("pages") === undefined && format.name === "flat") {
    return readVmText([`${options} pages=${Math.ceil(recordedSpace / pageSize)}`, ...others].join(";"), limits);
  }
  return withTlb(declared, others, limits);
}

/** The vm with the lookaside buffer of the last of the lines. */
function withTlb(
  declared: VmDeclaration,
  lines: readonly string[],
  limits: MachineLimits,
): VmDeclaration | { readonly message: string } {
  let { tlb } = declared.options;
  for (const line of lines.filter((part) => part !== "")) {
    if (!/^tlb\s/.test(line)) return { message: "After a semicolon comes `tlb ENTRIES`, with `ways=` and `policy=`." };
    const step = stepOf(line, newWorld(), limits);
    if ("message" in step) return step;
    tlb = readTlb(step);
    if (tlb === null) return { message: firstProblem(step) };
  }
  return { ...declared, options: { ...declared.options, tlb } };
}

/** The options of `tlb` are easily taken for those of `vm`. */
function withTlbHint(message: string, options: string): { readonly message: string } {
  const option = /(?:^|\s)(ways|policy|asid|coherent)=/.exec(options)?.[1];
  if (option === undefined) return { message };
  return { message: `\`${option}=\` belongs to the lookaside buffer: \`frames=64; tlb 16 ${option}=…\`.` };
}

/**
 * The options that a `heap` statement with this text gives, its verb left out: `[NAME] [SIZE] name=value …`, or what is
 * wrong with it. Without a size, which may also be written `size=`, the heap begins as replays do.
 */
export function readHeapText(text: string): Partial<HeapOptions> | { readonly message: string } {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const sizes = words.filter((word) => word.startsWith("size=")).map((word) => word.slice("size=".length));
  const rest = words.filter((word) => !word.startsWith("size="));
  const operands = rest.findIndex((word) => word.includes("="));
  const hasOperands = rest.length > 0 && operands !== 0;
  if (sizes.length > 1 || (sizes.length > 0 && hasOperands)) return { message: "The size is given twice." };
  const { size: usual } = replayHeapOptions();
  const line = ["heap", ...(hasOperands ? [] : [sizes.at(0) ?? String(usual)]), ...rest].join(" ");
  const step = stepOf(line, newWorld(), defaultLimits);
  if ("message" in step) return step;
  const size = step.whole(step.operand("size"), "heap size", 1, "invalid-size");
  const base = step.wholeOption("base", 0);
  const given = size === null || base === null ? null : readGiven(step, size);
  if (size === null || given === null) return { message: firstProblem(step) };
  if (step.option("in") !== undefined) return { message: "`in=` needs a process, and a replay has none." };
  if (given.trim !== undefined && given.grow === 0) return { message: "`trim=` needs a heap that grows." };
  const name = step.word(step.operand("name"));
  const options = {
    ...given,
    ...(name === undefined ? {} : { name }),
    ...(hasOperands || sizes.length > 0 ? { size } : {}),
    ...(base === undefined || base === null ? {} : { base }),
  };
  const isPlaced = placeRegion(step, Math.max(size, replayHeapOptions(options).max)) !== null;
  return isPlaced ? options : { message: firstProblem(step) };
}

/** The caches of `cache` lines without their verb, separated by semicolons; `latency …` may stand among them. */
export function readCacheText(text: string, limits = defaultLimits): CacheDeclarations | { readonly message: string } {
  const world = newWorld();
  let isTimed = false;
  for (const part of text.split(";").map((each) => each.trim())) {
    if (part === "") continue;
    const isLatency = part.startsWith("latency ");
    const step = stepOf(isLatency ? part : `cache ${part}`, world, limits);
    if ("message" in step) return step;
    if (isLatency) {
      isTimed = true;
      declareLatency(step);
    } else declareCache(step);
    if (step.problems.length > 0) return { message: firstProblem(step) };
  }
  return { caches: (world.caches?.caches ?? []).map((cache) => cache.options), latencies: world.latencies, isTimed };
}

function newWorld(): World {
  return new World(() => undefined);
}

function stepOf(line: string, world: World, limits: MachineLimits): Step | { readonly message: string } {
  const result = parseLine(line);
  if (result.kind === "problem") return { message: syntaxMessage(result.failure, commandLineWords) };
  if (result.kind === "empty") return { message: "Nothing is declared." };
  return new Step(world, result.statement, 0, limits, new Map());
}

function firstProblem(step: Step): string {
  const problem = step.problems.at(0);
  return problem === undefined ? "It cannot be." : messageOf(problem, commandLineWords);
}
