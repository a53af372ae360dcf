import { toHex } from "../../engine/address";
import type { Allocation } from "../contract";
import type { Report } from "../Step";
import { blockOrigin, bytes, fate, originLines } from "./wording";

export function doubleFree(what: string, block: Allocation, newOwner: Allocation | undefined): Report {
  const now =
    newOwner === undefined ? "" : `; its memory belongs to ${blockOrigin(newOwner)} now, which stays as it is`;
  return {
    message: `${what} of ${blockOrigin(block)}, which was ${fate(block) ?? "freed"} already${now}.`,
    related: [...originLines(block), ...(newOwner === undefined ? [] : originLines(newOwner))],
  };
}

export function interiorFree(what: string, address: number, block: Allocation): Report {
  const offset = address - block.address;
  const place =
    offset < 0
      ? ["a pointer before the block", `${bytes(-offset)} before`]
      : offset < block.requested
        ? ["an interior pointer", `${bytes(offset)} inside`]
        : ["a pointer past the end", `${bytes(offset - block.requested)} after`];
  return {
    message: `${what} of ${place[0]}: ${toHex(address)} is ${place[1]} ${blockOrigin(block)}, which begins at ${toHex(block.address)}.`,
    related: originLines(block),
  };
}

export function reallocToNothing(block: Allocation | undefined): Report {
  const what = block === undefined ? "realloc" : `realloc of ${blockOrigin(block)}`;
  return {
    message: `${what} to 0 bytes: C leaves open whether that frees the block, so it stays as it is; \`free\` says what is meant.`,
    related: block === undefined ? [] : originLines(block),
  };
}

export function neverAllocated(what: string, address: number, where: string): Report {
  return { message: `${what} of ${toHex(address)}, which was never allocated: it lies ${where}.` };
}

export function wrongAllocator(what: string, block: Allocation): Report {
  return {
    message: `${what} of ${blockOrigin(block)}: wrong allocator, it is a block of the pool \`${block.region}\`, and blocks of pools have one size.`,
    related: originLines(block),
  };
}

export function poolExhausted(pool: string, count: number, blockSize: number): Report {
  return { message: `no free block in pool \`${pool}\`: all ${count} blocks of ${bytes(blockSize)} are in use.` };
}
