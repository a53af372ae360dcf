import { toHex } from "../../engine/address";
import type { Segment } from "../../engine/vm/segments";
import { say } from "../../language/phrases";
import { permissionBits } from "../problems/flags";
import { byteCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";
import { neededVm } from "./vm";

/** `segment NAME LIMIT [flags] [base=] [grow=]`. */
function declareSegment(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  const limit = step.whole(step.operand("limit"), "limit", 0);
  const base = step.wholeOption("base", 0);
  if (limit === null || base === null) return;
  const segments = vm.current.segments?.segments ?? [];
  if (segments.some((segment) => segment.name === name)) {
    step.raise("bad-operand", { kind: "segment-exists", name });
    return;
  }
  if (segments.length >= mostSegments) {
    step.raise("bad-operand", { kind: "segment-count", count: mostSegments });
    return;
  }
  const growsDown = step.word(step.option("grow")) === "down";
  const segment: Segment = {
    name,
    base: base ?? 0,
    limit,
    growsDown,
    flags: permissionBits(step.word(step.operand("flags")) ?? "rwxu"),
  };
  if (growsDown && segment.base < limit) {
    step.raise("bad-operand", { kind: "segment-below-zero", name, baseAddress: segment.base, limit });
    return;
  }
  vm.setSegments([...segments, segment]);
  const part = vm.current.segments?.part ?? 0;
  const facts = [segments.length, name, byteCount(limit), byteCount(part), toHex(segment.base)];
  step.tell(() =>
    growsDown
      ? say("Segment {0} `{1}` uses {2} of its {3}, down from {4}.", ...facts)
      : say("Segment {0} `{1}` uses {2} of its {3}, up from {4}.", ...facts),
  );
}

const mostSegments = 256;

export const segmentExecutors: Executors = { segment: declareSegment };
