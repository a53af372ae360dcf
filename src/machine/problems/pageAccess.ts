import { toHex } from "../../engine/address";
import type { AccessKind } from "../../engine/vm/contract";
import type { FaultCode, RiscvCause } from "../../engine/vm/faultCode";
import { says } from "../../language/says";
import type { Words } from "../../language/Words";
import { accessAt } from "./phrases";

/** An access to a page. */
export interface PageAccess {
  readonly access: AccessKind | "translate";
  readonly address: number;
  readonly page: number;
  /** Bytes from the start of the page. */
  readonly offset: number;
  /** What the hardware says, where tables are those of a processor. */
  readonly code?: FaultCode;
}

/** "write at 0x5000 (page 5, offset 0)" */
export function pageAccessText({ access, address, page, offset }: PageAccess, words: Words): string {
  return words.say("{0} (page {1}, offset {2})", accessAt(access, toHex(address), words), page, offset);
}

/** A sentence with what the hardware says after it: "Error code 0x7 (P, W/R, U/S)." or "Cause 15 (store page fault)." */
export function withCode<Facts extends PageAccess>(sentence: (facts: Facts, words: Words) => string) {
  return (facts: Facts, words: Words): string => {
    const { code } = facts;
    return code === undefined ? sentence(facts, words) : `${sentence(facts, words)} ${faultCodeText(code, words)}`;
  };
}

function faultCodeText(code: FaultCode, words: Words): string {
  if (code.kind === "risc-v") return words.say("Cause {0} ({1}).", code.cause, causeTexts[code.cause]({}, words));
  const errorCode = toHex(code.errorCode);
  if (code.bits.length === 0) return words.say("Error code {0}.", errorCode);
  return words.say("Error code {0} ({1}).", errorCode, code.bits.join(", "));
}

const causeTexts: Readonly<Record<RiscvCause, (facts: object, words: Words) => string>> = {
  1: says("instruction access fault"),
  5: says("load access fault"),
  7: says("store access fault"),
  12: says("instruction page fault"),
  13: says("load page fault"),
  15: says("store page fault"),
};
