import type { AccessKind, Fault } from "./contract";
import { isRiscv, type Processor } from "./processor";
import type { TableFormatName } from "./tableFormats";

/** What the hardware says about an exception, as its handler reads it. */
export type FaultCode =
  /** The error code of a page fault (vector 14) or a general-protection fault (13), and the names of the bits that are set. */
  | {
      readonly kind: "x86";
      readonly vector: 13 | 14;
      readonly errorCode: number;
      readonly bits: readonly string[];
    }
  /** scause: 12, 13 and 15 are page faults of a fetch, a load and a store; 1, 5 and 7 access faults. */
  | { readonly kind: "risc-v"; readonly cause: RiscvCause };

export type RiscvCause = 1 | 5 | 7 | 12 | 13 | 15;

const pageFaultCauses = { execute: 12, read: 13, write: 15 } as const;
const accessFaultCauses = { execute: 1, read: 5, write: 7 } as const;

/** Bits of the page-fault error code (Intel SDM vol. 3A, 4.7). */
const errorBits = { P: 1, "W/R": 2, "U/S": 4, RSVD: 8, "I/D": 16 } as const;

/**
 * The code of a fault that the hardware raises; null where there is none: tables of free geometry, and what the operating
 * system decides. `isPresent`: every entry on the way is valid. U/S is set in user mode alone; I/D is set at every fetch, since EFER.NXE is.
 */
export function faultCode(
  fault: Fault,
  kind: AccessKind | null,
  isPresent: boolean,
  processor: Processor,
  name: TableFormatName,
): FaultCode | null {
  if (kind === null || name === "flat" || name === "radix" || !isOfHardware(fault)) return null;
  if (isRiscv(name)) {
    const isBeyond = fault.reason === "bad-entry" && fault.refusal.kind === "beyond-memory";
    return { kind: "risc-v", cause: (isBeyond ? accessFaultCauses : pageFaultCauses)[kind] };
  }
  // What x86 reads beyond memory is not defined.
  if (fault.reason === "bad-entry" && fault.refusal.kind === "beyond-memory") return null;
  if (fault.reason === "non-canonical") return { kind: "x86", vector: 13, errorCode: 0, bits: [] };
  const isReserved = fault.reason === "bad-entry" && fault.refusal.kind === "reserved";
  const isSet = {
    P: isReserved || (fault.reason === "protection-fault" && isPresent),
    "W/R": kind === "write",
    "U/S": processor.mode === "user",
    RSVD: isReserved,
    "I/D": kind === "execute",
  };
  const bits = (Object.keys(errorBits) as (keyof typeof errorBits)[]).filter((bit) => isSet[bit]);
  return { kind: "x86", vector: 14, errorCode: bits.reduce((sum, bit) => sum + errorBits[bit], 0), bits };
}

function isOfHardware(fault: Fault): boolean {
  switch (fault.reason) {
    case "page-fault":
    case "invalid-page":
    case "bad-entry":
    case "clear-bit":
    case "non-canonical":
      return true;
    case "protection-fault":
      return fault.rule !== "segment";
    default:
      return false;
  }
}
