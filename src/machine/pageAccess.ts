import { toHex } from "../engine/address";
import type { ByteStoreContract } from "../engine/bytes/ByteStore";
import { pageFlags, type AccessKind, type AccessOutcome, type VirtualMemoryContract } from "../engine/vm/contract";
import type { AccessVerb } from "./problems/accessMessages";
import { permissionLetters } from "./problems/flags";
import type { Step } from "./Step";
import type { Region } from "./state/regions";

/** Bytes of one store that an access reaches; `offset` is their place within the access. */
export interface Stretch {
  readonly store: ByteStoreContract;
  readonly address: number;
  readonly length: number;
  readonly offset: number;
  /** Null in physical memory. */
  readonly region: Region | null;
}

/** Goes through the page table page by page, and ends at the first fault, which is reported. */
export function touchPages(
  step: Step,
  vm: VirtualMemoryContract,
  address: number,
  length: number,
  kind: AccessVerb,
): Stretch[] {
  const { pageSize } = vm.options;
  const stretches: Stretch[] = [];
  let offset = 0;
  while (offset < length) {
    const at = address + offset;
    const outcome = vm.access(at, kind);
    if (outcome.reason !== "none") {
      reportFault(step, vm, at, kind, outcome);
      break;
    }
    const inPage = Math.min(length - offset, pageSize - (at % pageSize));
    stretches.push({ store: vm.physical, address: outcome.physical, length: inPage, offset, region: null });
    offset += inPage;
  }
  return stretches;
}

/** Words the fault of an access. */
export function reportFault(
  step: Step,
  vm: VirtualMemoryContract,
  address: number,
  kind: AccessKind | "translate",
  outcome: AccessOutcome,
): void {
  const { pageSize, pages } = vm.options;
  if (outcome.reason === "none") return;
  const { vpn } = outcome;
  const place = `${toHex(address)} (page ${vpn}, offset ${address % pageSize})`;
  if (outcome.reason === "page-fault") {
    step.raise("page-fault", { message: `${kind} at ${place}: page ${vpn} is not mapped.` });
  } else if (outcome.reason === "invalid-page") {
    const message = `${kind} at ${place}: the address space has the pages 0 to ${pages - 1}.`;
    step.raise("page-fault", { message });
  } else if (outcome.reason === "protection-fault") {
    const needed = kind === "translate" ? "r" : permissionLetters(pageFlags[kind]);
    const message = `${kind} at ${place}: page ${vpn} permits \`${permissionLetters(outcome.flags)}\`, and this needs \`${needed.replaceAll("-", "")}\`.`;
    step.raise("protection-fault", { message });
  }
}
