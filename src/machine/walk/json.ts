import { toHex } from "../../engine/address";
import { entryLetters, permissionLetters } from "../problems/flags";
import { englishWords } from "../../language/Words";
import type { AddressWalk, WalkEnd, WalkStep } from "./steps";

type Json = Readonly<Record<string, unknown>>;

/** A walk as plain data: addresses in hexadecimal, lines from 1. */
export function toJsonWalk({ process, steps, end }: AddressWalk): Json {
  return {
    process,
    steps: steps.map(stepData),
    end: endData(end),
  };
}

function endData(end: WalkEnd): Json {
  if (end.kind === "reached") return { kind: end.kind, pa: toHex(end.physical) };
  const [at, why, fix] = [end.at, end.why, end.fix].map((phrase) => englishWords.text(phrase));
  return { kind: end.kind, at, why, fix, ...(end.code === undefined ? {} : { code: end.code }) };
}

function stepData(step: WalkStep): Json {
  switch (step.kind) {
    case "split":
      return { ...step, address: toHex(step.address) };
    case "segment": {
      const { name, base, limit, growsDown, flags } = step.segment;
      const linear = toHex(step.linear);
      return { kind: step.kind, name, base: toHex(base), limit, growsDown, flags: permissionLetters(flags), linear };
    }
    case "entry":
      return { ...step, address: step.address === null ? null : toHex(step.address) };
    case "frame":
      return { ...step, flags: entryLetters(step.flags), physical: toHex(step.physical) };
    case "memory":
      return { ...step, physical: toHex(step.physical) };
    case "cache": {
      const { set, address, state } = step.place;
      return { kind: step.kind, name: step.name, set, line: toHex(address), state };
    }
    case "region": {
      const { name, from, to, flags } = step.area;
      return { kind: step.kind, name, from, to, flags: permissionLetters(flags) };
    }
    case "block":
      return { ...step, start: toHex(step.start), line: step.line === null ? null : step.line + 1 };
    case "tlb": {
      const { remembered, ...tlb } = step;
      if (remembered === undefined) return tlb;
      const { frame, flags, isStale: stale } = remembered;
      return { ...tlb, remembered: { frame, flags: permissionLetters(flags), stale } };
    }
    case "mode":
    case "bucket":
    case "swap":
    case "untouched":
      return step;
  }
}
