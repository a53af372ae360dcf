import { toHex } from "../../engine/address";
import type { MachineState } from "../../machine/run/MachineState";
import { byteParts, type BytePart } from "../byteParts";
import { isAddress } from "../selection";
import type { QueryKind } from "./query";

/** Bytes in one answer at most. */
export const bytesBudget = 64 * 1024;

/** The bytes from an address on. */
export interface BytesQuery {
  readonly kind: "bytes";
  /** Null: where the first region begins. */
  readonly address: string | null;
  /** 1 to {@link bytesBudget}. */
  readonly length: number;
}

/** A heap, pool or slab cache; half-open. */
export interface ByteRegion {
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

export interface BytesAnswer {
  readonly address: string;
  /** May be shorter than asked for, where a region ends; empty where nothing answers. */
  readonly bytes: Uint8Array;
  /** What the bytes are to the blocks that they belong to, in address order. */
  readonly parts: readonly BytePart[];
  /** All that has bytes of its own. */
  readonly regions: readonly ByteRegion[];
}

export const bytesQuery: QueryKind<BytesQuery, BytesAnswer> = {
  check: ({ address, length }) =>
    (address === null || isAddress(address)) &&
    Number.isSafeInteger(length) &&
    Number(length) > 0 &&
    Number(length) <= bytesBudget,
  answer: ({ address, length }, source) =>
    source.at(({ state }) => {
      const regions = regionsOf(state);
      const start = Number(address ?? regions.at(0)?.start ?? 0);
      return {
        address: toHex(start),
        bytes: new Uint8Array(state.peek(start, length) ?? []),
        parts: byteParts(state, start, length),
        regions,
      };
    }),
};

function regionsOf(state: MachineState): ByteRegion[] {
  return [...state.heaps.values(), ...state.pools.values()].map(({ options, base, end }) => ({
    name: options.name,
    start: toHex(base),
    end: toHex(end),
  }));
}
