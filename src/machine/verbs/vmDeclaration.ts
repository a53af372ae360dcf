import { tieRules } from "../../engine/replacement/contract";
import {
  createPolicy,
  defaultReplacementOptions,
  type PlainReplacementOptions,
  type ReplacementName,
} from "../../engine/replacement/createPolicy";
import { Future } from "../../engine/replacement/Future";
import { MersenneTwister } from "../../engine/replacement/MersenneTwister";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { VirtualMemoryOptions } from "../../engine/vm/contract";
import { tlbPolicies, type TlbOptions, type TlbPolicy } from "../../engine/vm/Tlb";
import { resolveShape, type TableFormatName } from "../../engine/vm/tableFormats";
import { VirtualMemory, type PolicyMaker } from "../../engine/vm/VirtualMemory";
import { compressPage } from "../state/compressPage";
import { say, series } from "../../language/phrases";
import { byteCount, frameCount, pageCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";
import { addClassicLayout } from "./processRegions";

/** One past the last address that a number holds exactly. */
const addressEnd = 2 ** 53;

/** The chances of a page are a byte. */
const mostChances = 255;

const defaults = { page: 4096, frames: 256 } as const;

/** What a `vm` line asks for, as data. */
export interface VmDeclaration {
  readonly options: VirtualMemoryOptions;
  /** Null: nothing is ever evicted. */
  readonly replacement: Replacement | null;
  /** Frame of the first process's root table; undefined: whichever is free. */
  readonly root: number | undefined;
}

export interface Replacement {
  readonly name: ReplacementName;
  readonly window: number | undefined;
  readonly seed: number;
  /** What the line says besides, by the names that the policies have for it. */
  readonly variant: Pick<PlainReplacementOptions, "ties" | "agingStart" | "loadIsUse" | "clockChances">;
}

/** `vm page=4KiB frames=100 …`. */
function declareVm(step: Step): void {
  const { world } = step;
  if (world.vm !== null) {
    step.raise("bad-operand", { kind: "vm-exists" });
    return;
  }
  const declaration = readVm(step);
  if (declaration === null) return;
  const { options, replacement, root } = declaration;
  const { format, frames, pageSize, pages } = options;
  const future = replacement === null ? null : futureOf(step, replacement.name);
  if (step.isStopped) return;
  const makePolicy = replacement === null ? null : policyMaker(replacement, frames, future);
  const vm = new VirtualMemory(options, world.log, makePolicy, compressPage);
  if (!placeRoot(step, vm, vm.current, root)) return;
  world.vm = vm;
  world.vm.recorder = world.references;
  if (step.word(step.option("layout")) === "classic") addClassicLayout(world.vm);
  step.tell(() => {
    const levels = format.indexBits.length;
    const traits = [
      say("{0} of {1}", pageCount(pages), byteCount(pageSize)),
      frameCount(frames),
      levels === 1 ? "" : say("{0}-level tables ({1})", levels, format.name),
      replacement === null ? "" : say("{0} replacement", replacement.name),
    ];
    return say("Virtual memory: {0}.", series(traits, ", "));
  });
}

/** Puts a root table where `pdbr=` says; false when it cannot be there, which is reported. */
export function placeRoot(step: Step, vm: VirtualMemory, space: AddressSpace, frame: number | undefined): boolean {
  const failure = frame === undefined ? "none" : vm.tables.placeRoot(space, frame);
  if (frame === undefined || failure === "none") return true;
  step.raise("bad-operand", { kind: "root-frame", frame, frames: vm.options.frames, failure });
  return false;
}

/** Reads the line's options; null when they cannot be, which is reported. */
export function readVm(step: Step): VmDeclaration | null {
  const { limits } = step;
  const numbers = readNumbers(step);
  if (numbers === null) return null;
  const { pageSize, frames, seed, window } = numbers;
  if (frames > limits.blocks) {
    step.exceed("blocks", { kind: "frames", count: frames });
    return null;
  }
  const inverted = step.word(step.option("table")) === "inverted";
  const shape = resolveShape({ ...numbers, format: tableFormat(step, numbers.levels) });
  if (shape.kind === "bad") {
    step.raise("bad-operand", { kind: "table-shape", refusal: shape.refusal });
    return null;
  }
  const { format, pages } = shape;
  if (Math.max(pages, frames) * pageSize > addressEnd) {
    step.raise("bad-operand", { kind: "space-too-large" });
    return null;
  }
  const name = step.word(step.option("replacement")) as ReplacementName | undefined;
  const options: VirtualMemoryOptions = {
    pageSize,
    frames,
    pages,
    format,
    inverted,
    paging: step.word(step.option("paging")) !== "off",
    demand: step.word(step.option("demand")) === "on" || name !== undefined,
    allocation: step.word(step.option("allocation")) === "local" ? "local" : "global",
    swapSlots: numbers.swapSlots,
    compressedBytes: numbers.compressedBytes,
    segmentSpace: numbers.space ?? pages * pageSize,
    bytes: true,
    physicalBits: numbers.physicalBits,
    tlb: numbers.tlbEntries === 0 ? null : { ...plainTlb(numbers.tlbEntries, seed), policy: tlbPolicyOf(step) },
  };
  const variant = {
    ties: tieRules.find((rule) => rule === step.word(step.option("ties"))) ?? null,
    agingStart: step.word(step.option("counter")) === "zero" ? ("zero" as const) : ("used" as const),
    loadIsUse: step.word(step.option("loaded")) !== "unused",
    clockChances: numbers.chances,
  };
  return { options, replacement: name === undefined ? null : { name, window, seed, variant }, root: numbers.root };
}

/** A policy set from outside also holds for a lookaside buffer that no statement of its own declares. */
function tlbPolicyOf(step: Step): TlbPolicy {
  const word = step.word(step.forVerb("tlb").option("policy"));
  return tlbPolicies.find((policy) => policy === word) ?? "lru";
}

/** A fully associative buffer that drops the least recently used entry. */
export function plainTlb(entries: number, seed: number): TlbOptions {
  return { entries, ways: entries, policy: "lru", tagged: false, seed, coherent: true };
}

interface VmNumbers {
  readonly pageSize: number;
  readonly frames: number;
  readonly pages: number | null;
  readonly levels: number;
  readonly entryBytes: number | null;
  readonly space: number | undefined;
  readonly swapSlots: number;
  readonly compressedBytes: number;
  readonly tlbEntries: number;
  readonly window: number | undefined;
  readonly chances: number;
  readonly root: number | undefined;
  readonly seed: number;
  readonly physicalBits: number;
}

/** All numbers of the line; null when one is wrong, which is reported. */
function readNumbers(step: Step): VmNumbers | null {
  const pageSize = step.wholeOption("page", 1);
  const frames = step.wholeOption("frames", 1);
  const pages = step.wholeOption("pages", 1);
  const levels = step.wholeOption("levels", 1);
  const entryBytes = step.wholeOption("entry", 1);
  const space = step.wholeOption("space", 1);
  const swapSlots = step.wholeOption("swap", 0);
  const compressedBytes = step.wholeOption("zswap", 0);
  const tlbEntries = step.wholeOption("tlb", 0);
  const window = step.wholeOption("window", 1);
  const chances = step.wholeOption("chances", 1);
  const seed = step.wholeOption("seed", 0);
  const root = step.wholeOption("pdbr", 0);
  const physicalBits = step.wholeOption("maxphyaddr", 1);
  if (pageSize === null || frames === null || pages === null || levels === null || entryBytes === null) return null;
  if (space === null || swapSlots === null || compressedBytes === null || tlbEntries === null) return null;
  if (window === null || chances === null || seed === null || root === null || physicalBits === null) return null;
  if (chances !== undefined && chances > mostChances) {
    step.raise("bad-operand", { kind: "clock-chances", value: chances, most: mostChances });
    return null;
  }
  if (physicalBits !== undefined && (physicalBits < 32 || physicalBits > 52)) {
    step.raise("bad-operand", { kind: "physical-bits", value: physicalBits });
    return null;
  }
  if (levels !== undefined && levels > 5) {
    step.raise("bad-operand", { kind: "levels", value: levels });
    return null;
  }
  if (entryBytes !== undefined && ![1, 2, 4, 8].includes(entryBytes)) {
    step.raise("bad-operand", { kind: "entry-size", value: entryBytes });
    return null;
  }
  if (tlbEntries !== undefined && tlbEntries > step.limits.blocks) {
    step.exceed("blocks", { kind: "tlb-entries", count: tlbEntries });
    return null;
  }
  return {
    pageSize: pageSize ?? defaults.page,
    frames: frames ?? defaults.frames,
    pages: pages ?? null,
    levels: levels ?? 1,
    entryBytes: entryBytes ?? null,
    space,
    swapSlots: swapSlots ?? Infinity,
    compressedBytes: compressedBytes ?? 0,
    tlbEntries: tlbEntries ?? 0,
    window,
    chances: chances ?? defaultReplacementOptions(1).clockChances,
    seed: seed ?? 0,
    root,
    physicalBits: physicalBits ?? 52,
  };
}

function tableFormat(step: Step, levels: number): TableFormatName {
  const word = step.word(step.option("table"));
  if (word === undefined) return levels > 1 ? "radix" : "flat";
  return word === "inverted" ? "flat" : (word as TableFormatName);
}

/** A policy of which a line says nothing but the name. */
export function plainReplacement(name: ReplacementName): Replacement {
  const { ties, agingStart, loadIsUse, clockChances } = defaultReplacementOptions(1);
  return { name, window: undefined, seed: 0, variant: { ties, agingStart, loadIsUse, clockChances } };
}

/** What makes the policy of each set of frames. Only policies that look ahead need a future. */
export function policyMaker(
  { name, window, seed, variant }: Replacement,
  frames: number,
  future: Future | null,
): PolicyMaker {
  return (pager) => {
    const plain = defaultReplacementOptions(frames);
    return createPolicy(name, pager, {
      ...plain,
      ...variant,
      window: window ?? plain.window,
      agingInterval: window ?? plain.agingInterval,
      random: new MersenneTwister(seed),
      future: future ?? new Future([]),
    });
  };
}

/** Whether a policy looks ahead. */
export function looksAhead(name: ReplacementName): boolean {
  return name === "opt" || name === "unopt";
}

/** The references of the rest of the script; null for policies that do not look at it, and when it is too long, which ends the run. */
function futureOf(step: Step, name: ReplacementName): Future | null {
  if (!looksAhead(name)) return null;
  const { lookAhead } = step.world;
  const references = lookAhead === null ? [] : lookAhead();
  if (references !== null) return new Future(references);
  step.exceed("steps", { kind: "lookahead", policy: name });
  return null;
}

export const vmDeclarationExecutors: Executors = { vm: declareVm };
