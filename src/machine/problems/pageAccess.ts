import { toHex } from "../../engine/address";
import type { AccessKind } from "../../engine/vm/contract";
import type { FaultCode, RiscvCause } from "../../engine/vm/faultCode";
import { say, type Phrase } from "../../language/phrases";
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
    return code === undefined
      ? sentence(facts, words)
      : `${sentence(facts, words)} ${words.text(faultCodePhrase(code))}`;
  };
}

/** "Error code 0x7 (P, W/R, U/S)." */
export function faultCodePhrase(code: FaultCode): Phrase {
  if (code.kind === "risc-v") return say("Cause {0} ({1}).", code.cause, causePhrases[code.cause]);
  const errorCode = toHex(code.errorCode);
  if (code.bits.length === 0) return say("Error code {0}.", errorCode);
  return say("Error code {0} ({1}).", errorCode, code.bits.join(", "));
}

const causePhrases: Readonly<Record<RiscvCause, Phrase>> = {
  1: say("instruction access fault"),
  5: say("load access fault"),
  7: say("store access fault"),
  12: say("instruction page fault"),
  13: say("load page fault"),
  15: say("store page fault"),
};
