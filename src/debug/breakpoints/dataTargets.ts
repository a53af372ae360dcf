import { toHex } from "../../engine/address";
import type { MachineState } from "../../machine/run/MachineState";

/** What a data breakpoint watches. */
export type DataTarget =
  /** A block, wherever it moves, from its allocation to its end. */
  | { readonly kind: "block"; readonly allocation: number }
  | { readonly kind: "bytes"; readonly address: number; readonly length: number }
  /** A page of an address space: its entry of the page table, and references to it. */
  | { readonly kind: "page"; readonly space: number; readonly vpn: number }
  | { readonly kind: "frame"; readonly pfn: number };

/** The target as a `dataId`, which clients keep and send back. */
export function dataIdOf(target: DataTarget): string {
  switch (target.kind) {
    case "block":
      return `block:${target.allocation}`;
    case "bytes":
      return `bytes:${toHex(target.address)}+${target.length}`;
    case "page":
      return `page:${target.space}/${target.vpn}`;
    case "frame":
      return `frame:${target.pfn}`;
  }
}

export function targetOfDataId(id: string): DataTarget | undefined {
  const [, kind, first, second] = /^(block|bytes|page|frame):(\w{1,16})(?:[+/](\d{1,15}))?$/.exec(id) ?? [];
  const [a, b] = [Number(first), Number(second)];
  if (!Number.isSafeInteger(a)) return undefined;
  if (kind === "block") return { kind, allocation: a };
  if (kind === "frame") return { kind, pfn: a };
  if (!Number.isSafeInteger(b)) return undefined;
  if (kind === "bytes" && 0 < b) return { kind, address: a, length: b };
  return kind === "page" ? { kind, space: a, vpn: b } : undefined;
}

/** The target in words: `b[3] (16 bytes at 0x10020)`. */
export function describeTarget(target: DataTarget, state: MachineState): string {
  switch (target.kind) {
    case "block": {
      const allocation = state.allocation(target.allocation);
      if (allocation === undefined) return `block number ${target.allocation}`;
      return `${allocation.handle ?? "the block"} (${allocation.requested} bytes at ${toHex(allocation.address)})`;
    }
    case "bytes":
      return `${target.length} ${target.length === 1 ? "byte" : "bytes"} at ${toHex(target.address)}`;
    case "page":
      return `page ${target.vpn}`;
    case "frame":
      return `frame ${target.pfn}`;
  }
}

/** Whether what is kept across sessions still means the same: numbers of allocations do not. */
export function canPersist(target: DataTarget): boolean {
  return target.kind !== "block";
}
