import { toHex } from "../../engine/address";
import type { MachineState } from "../run/MachineState";
import { bytes, handleOr, lineName, sentence } from "../problems/wording";

/** What has a life: a block from its allocation to the next use of its place, bytes, a page of a process, or a frame. */
export type LifeSubject =
  | { readonly kind: "block"; readonly allocation: number }
  /** Half-open. */
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "page"; readonly vpn: number; readonly process: string | null }
  | { readonly kind: "frame"; readonly frame: number };

/** The subject that an address means now: the block there, live or last freed, else its byte. */
export function subjectAt(state: MachineState, address: number): LifeSubject {
  const region = state.regionAt(address);
  const block = region?.blockAt(address);
  if (block !== undefined && block.state !== "free" && block.owner >= 0) {
    return { kind: "block", allocation: block.owner };
  }
  return { kind: "range", from: address, to: address + 1 };
}

/** The subject that a handle means now. */
export function subjectOfHandle(state: MachineState, name: string): LifeSubject | undefined {
  const handle = state.handle(name);
  if (handle === undefined) return undefined;
  const { allocation, address } = handle;
  return allocation === null ? subjectAt(state, address) : { kind: "block", allocation: allocation.id };
}

/** "The 100-byte block `a` of line 2", "Page 3 of init". */
export function subjectTitle(subject: LifeSubject, state: MachineState): string {
  switch (subject.kind) {
    case "block": {
      const allocation = state.allocation(subject.allocation);
      if (allocation === undefined) return `Block ${subject.allocation}`;
      return sentence(
        `${handleOr(allocation, "a block")}: ${bytes(allocation.requested)} of ${lineName(allocation.line)}`,
      );
    }
    case "range":
      return subject.to === subject.from + 1
        ? `Address ${toHex(subject.from)}`
        : `Addresses ${toHex(subject.from)}..${toHex(subject.to)}`;
    case "page":
      return `Page ${subject.vpn}${subject.process === null ? "" : ` of ${subject.process}`}`;
    case "frame":
      return `Frame ${subject.frame}`;
  }
}
