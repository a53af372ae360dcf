import { syntaxMessage } from "../../language/parsing/syntaxProblems";
import type { CacheOptions, Latencies } from "../../engine/cache/contract";
import { parseLine } from "../../language/parsing/statements";
import { englishWords } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import { defaultLimits } from "../run/limits";
import { World } from "../state/World";
import { Step } from "../step/Step";
import { declareCache, declareLatency } from "../verbs/cache";
import { readVm, type VmDeclaration } from "../verbs/vmDeclaration";

export interface CacheDeclarations {
  /** In order from the processor on. */
  readonly caches: readonly CacheOptions[];
  readonly latencies: Latencies;
}

/** What programs of 64-bit processors address: 2^48 bytes. */
const recordedSpace = 2 ** 48;

/**
 * The vm that a `vm` line with these options declares for a trace, or what is wrong with it. A table that does not say how
 * far it reaches, as a flat one, covers the addresses of real programs.
 */
export function readVmText(options: string): VmDeclaration | { readonly message: string } {
  const step = stepOf(`vm ${options}`, newWorld());
  if ("message" in step) return step;
  const declared = readVm(step);
  if (declared === null) return { message: firstProblem(step) };
  const { format, pageSize } = declared.options;
  if (step.option("pages") !== undefined || format.name !== "flat") return declared;
  return readVmText(`${options} pages=${Math.ceil(recordedSpace / pageSize)}`);
}

/** The caches of `cache` lines without their verb, separated by semicolons; `latency …` may stand among them. */
export function readCacheText(text: string): CacheDeclarations | { readonly message: string } {
  const world = newWorld();
  for (const part of text.split(";").map((each) => each.trim())) {
    if (part === "") continue;
    const isLatency = part.startsWith("latency ");
    const step = stepOf(isLatency ? part : `cache ${part}`, world);
    if ("message" in step) return step;
    if (isLatency) declareLatency(step);
    else declareCache(step);
    if (step.problems.length > 0) return { message: firstProblem(step) };
  }
  return { caches: (world.caches?.caches ?? []).map((cache) => cache.options), latencies: world.latencies };
}

function newWorld(): World {
  return new World(() => undefined);
}

function stepOf(line: string, world: World): Step | { readonly message: string } {
  const result = parseLine(line);
  if (result.kind === "problem") return { message: syntaxMessage(result.failure, englishWords) };
  if (result.kind === "empty") return { message: "Nothing is declared." };
  return new Step(world, result.statement, 0, defaultLimits, new Map());
}

function firstProblem(step: Step): string {
  const problem = step.problems.at(0);
  return problem === undefined ? "It cannot be." : messageOf(problem, englishWords);
}
