import type { cacheAccess } from "../../engine/cache/contract";
import type { AccessKind, Touch } from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { sayCount, say, series } from "../../language/phrases";
import { bindTarget } from "../step/bind";
import { throughCaches } from "../access/caches";
import { eachPage, joined, reportFault, touchPages } from "../access/pageAccess";
import type { Value } from "../state/HandleTable";
import type { Executors, Step } from "../step/Step";
import { MachineState } from "../run/MachineState";
import type { WalkStep } from "../walk/steps";
import { walkAddress } from "../walk/walk";
import { nothingWritten, putBytes, takeBytes, writtenBytes } from "./byteVerbs";
import { neededVm, translationStory } from "./vm";

/** The address of a reference; null when it is no address, which is reported. */
function referenceAddress(step: Step): Value | null {
  const place = step.pointer("address");
  if (place === null) return null;
  const operand = step.operand("address");
  const span = operand?.span ?? step.statement.span;
  return step.isWhole(place.value, "address", 0, span) ? place : null;
}

const untouched: Touch = { faulted: false, evicted: null, evictedFrom: null, tlbHit: null, copied: false };

function record(
  step: Step,
  address: number,
  physical: number | null,
  loaded: Uint8Array | null = null,
  touch: Touch = untouched,
): void {
  const fault = physical === null || touch.faulted || touch.copied;
  const { evicted, tlbHit } = touch;
  const hit = !fault;
  step.value = { kind: "translation", virtual: address, physical, hit, fault, evicted, tlbHit, loaded, walk: null };
}

/** Adds the walk of the address as it is now; whether the lookaside buffer had it is what the reference met. */
function recordWalk(step: Step, hit: boolean | null): void {
  const { value, world } = step;
  if (step.isQuiet || value?.kind !== "translation") return;
  const walk = walkAddress(new MachineState(world), value.virtual);
  const steps = walk?.steps.map((one) => (one.kind === "tlb" ? asMet(one, hit === true) : one)) ?? [];
  step.value = { ...value, walk: walk && { ...walk, steps } };
}

function asMet(step: WalkStep & { readonly kind: "tlb" }, hit: boolean): WalkStep {
  const { kind, set, sets } = step;
  return hit ? { ...step, hit } : { kind, hit, set, sets };
}

/** A reference without a vm: the address is physical already. */
function recordPhysical(step: Step, address: number): void {
  record(step, address, address);
  step.tell(() => say("There is no `vm`: the address is physical."));
}

/** `translate ADDR`: the walk alone. Without a vm addresses are physical. */
function translate(step: Step): void {
  const place = referenceAddress(step);
  if (place === null) return;
  const { vm } = step.world;
  const address = place.value;
  if (vm === null) {
    recordPhysical(step, address);
    bindTarget(step, { value: address, allocation: -1 });
    return;
  }
  const outcome = vm.reference(address);
  if (outcome.reason === "none") {
    record(step, address, outcome.physical, null, outcome);
    recordWalk(step, outcome.tlbHit);
    step.tell(() => translationStory(vm, address, outcome.physical, outcome));
    bindTarget(step, { value: outcome.physical, allocation: -1 });
    return;
  }
  record(step, address, null);
  recordWalk(step, false);
  reportFault(step, vm, address, "translate", outcome);
  bindTarget(step, { value: 0, allocation: -1 });
}

/** `load ADDR [LEN]`. */
function load(step: Step): void {
  const place = referenceAddress(step);
  const length =
    step.operand("length") === undefined ? 1 : step.whole(step.operand("length"), "length", 1, "invalid-size");
  if (place === null || length === null) return;
  const { vm } = step.world;
  const address = place.value;
  let data: Uint8Array | null;
  let touched = untouched;
  let physical: number | null = address;
  if (vm === null) {
    data = takeBytes(step, place, length);
    if (data === null) physical = null;
  } else {
    if (length > step.limits.residentMemory) {
      step.exceed("residentMemory", { kind: "access", operation: "load", size: length });
      return;
    }
    const reached = touchPages(step, vm, address, length, "read");
    data = reached && new Uint8Array(length);
    physical = reached?.physical ?? null;
    for (const stretch of reached?.stretches ?? [])
      data?.set(stretch.store.read(stretch.address, stretch.length), stretch.offset);
    if (reached !== null) {
      touched = reached.touch;
      const read = sayCount(length, "{0} byte read.", "{0} bytes read.");
      step.tell(() => series([translationStory(vm, address, reached.physical, reached.touch), read]));
    }
  }
  record(step, address, physical, data, touched);
  bindTarget(step, { value: data === null ? 0 : integerOf(data), allocation: -1 });
}

/** `store ADDR VALUE`. */
function store(step: Step): void {
  const place = referenceAddress(step);
  const data = place === null ? null : writtenBytes(step, place.value);
  if (place === null || data === null) return;
  const { vm } = step.world;
  const address = place.value;
  if (vm === null) {
    const isDone = putBytes(step, place, data);
    record(step, address, isDone ? address : null);
    return;
  }
  if (data.length === 0) {
    record(step, address, null);
    step.tell(nothingWritten);
    return;
  }
  const reached = touchPages(step, vm, address, data.length, "write");
  record(step, address, reached?.physical ?? null, null, reached?.touch);
  if (reached === null) return;
  const { stretches, touch, physical } = reached;
  for (const part of stretches) part.store.write(part.address, data.subarray(part.offset, part.offset + part.length));
  const stored = sayCount(data.length, "{0} byte stored.", "{0} bytes stored.");
  step.tell(() => series([translationStory(vm, address, physical, touch), stored]));
}

/** By the letter of a reference: what its page must permit, and what it is to caches. */
const kinds: ReadonlyMap<string, ReferenceKind> = new Map([
  ["r", { page: "read", cache: "read" }],
  ["w", { page: "write", cache: "write" }],
  ["x", { page: "execute", cache: "execute" }],
  ["m", { page: "write", cache: "modify" }],
]);
const plainRead: ReferenceKind = { page: "read", cache: "read" };

interface ReferenceKind {
  readonly page: AccessKind;
  readonly cache: keyof typeof cacheAccess;
}

function kindOf(step: Step): ReferenceKind {
  return kinds.get(step.word(step.operand("kind")) ?? "r") ?? plainRead;
}

/** `access ADDR [r/w/x/m] [size=]`: a reference without bytes. */
function access(step: Step): void {
  const place = referenceAddress(step);
  const size = place === null ? null : step.wholeOption("size", 1);
  if (place === null || size === null) return;
  const { vm } = step.world;
  const length = size ?? 1;
  if (length > step.limits.residentMemory) {
    step.exceed("residentMemory", { kind: "access", operation: "access", size: length });
    return;
  }
  const address = place.value;
  const kind = kindOf(step);
  if (vm === null) {
    recordPhysical(step, address);
    throughCaches(step.world, address, length, kind.cache, null);
    return;
  }
  if (length === 1) {
    const outcome = vm.access(address, kind.page);
    if (outcome.reason !== "none") {
      record(step, address, null);
      reportFault(step, vm, address, kind.page, outcome);
      return;
    }
    record(step, address, outcome.physical, null, outcome);
    step.tell(() => translationStory(vm, address, outcome.physical, outcome));
    throughCaches(step.world, outcome.physical, 1, kind.cache, outcome);
  } else accessPages(step, vm, address, length, kind);
}

/** The same of several bytes: all pages are touched, or none when one refuses. */
function accessPages(step: Step, vm: VirtualMemory, address: number, length: number, kind: ReferenceKind): void {
  const refusal = vm.refuse(address, length, kind.page);
  if (refusal !== null) {
    record(step, address, null);
    reportFault(step, vm, refusal.address, kind.page, refusal.fault);
    return;
  }
  const touches: Touch[] = [];
  let physical = -1;
  const isDone = eachPage(step, vm, address, length, kind.page, (outcome, inPage) => {
    if (touches.length === 0) physical = outcome.physical;
    touches.push(outcome);
    throughCaches(step.world, outcome.physical, inPage, kind.cache, outcome);
  });
  const touch = joined(touches);
  record(step, address, isDone ? physical : null, null, touch);
  if (isDone) step.tell(() => translationStory(vm, address, physical, touch));
}

/** `reference "7 0 1 2" [r/w/x/m]`: each page's first byte in turn. */
function referenceString(step: Step): void {
  const vm = neededVm(step);
  const operand = step.operand("pages");
  if (vm === null || operand?.kind !== "string") return;
  const text = operand.text.trim();
  const words = text === "" ? [] : text.split(/[\s,]+/);
  const wrong = words.find((word) => !/^[0-9]+$/.test(word));
  if (wrong !== undefined) {
    step.raise("bad-operand", { kind: "page-word", word: wrong }, { span: operand.span });
    return;
  }
  const kind = kindOf(step);
  const before = vm.stats().faults;
  for (const word of words) {
    const address = Number(word) * vm.options.pageSize;
    const outcome = vm.access(address, kind.page);
    if (outcome.reason === "none") throughCaches(step.world, outcome.physical, 1, kind.cache, outcome);
    else if (step.problems.length < 10) reportFault(step, vm, address, kind.page, outcome);
  }
  const faults = vm.stats().faults - before;
  step.value = { kind: "number", value: faults };
  step.tell(() => {
    const missed = sayCount(faults, "{0} fault", "{0} faults");
    return sayCount(words.length, "{0} reference, {1}.", "{0} references, {1}.", missed);
  });
}

/** The little-endian number of up to 8 bytes; longer data gives the number of its first 8. */
function integerOf(data: Uint8Array): number {
  let value = 0;
  for (let index = Math.min(data.length, 8) - 1; index >= 0; index--) value = value * 256 + data[index];
  return value;
}

export const referenceExecutors: Executors = { translate, load, store, access, reference: referenceString };
