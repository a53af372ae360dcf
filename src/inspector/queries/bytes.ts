import { isAddress } from "../selection";
import type { QueryKind } from "./query";

/** Bytes in one answer at most. */
export const bytesBudget = 64 * 1024;

/** The bytes from an address on. */
export interface BytesQuery {
  readonly kind: "bytes";
  readonly address: string;
  /** 1 to {@link bytesBudget}. */
  readonly length: number;
}

export interface BytesAnswer {
  readonly address: string;
  /** May be shorter than asked for, where a region ends; empty where nothing answers. */
  readonly bytes: Uint8Array;
}

export const bytesQuery: QueryKind<BytesQuery, BytesAnswer> = {
  check: ({ address, length }) =>
    isAddress(address) && Number.isSafeInteger(length) && Number(length) > 0 && Number(length) <= bytesBudget,
  answer: ({ address, length }, { history }) => ({
    address,
    bytes: new Uint8Array(history.state.peek(Number(address), length) ?? []),
  }),
};
