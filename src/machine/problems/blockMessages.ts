import { toHex } from "../../engine/address";
import type { Allocation } from "../state/allocation";
import { regionName, type FixedSizeReader } from "../state/regions";
import type { Report } from "../step/Step";
import { blockOrigin, bytes, fate, originLines, plural } from "./wording";

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

export function wrongAllocator(what: string, block: Allocation, region: string): Report {
  return {
    message: `${what} of ${blockOrigin(block)}: wrong allocator, it is a block of the ${region}, whose blocks have one size.`,
    related: originLines(block),
  };
}

export function poolExhausted(region: FixedSizeReader): Report {
  const { blockSize, usedBlocks } = region.stats();
  const noun = region.kind === "slab" ? "object" : "block";
  const { max } = region.options;
  const limit =
    region.kind === "slab"
      ? `, and \`max=${max}\` allows no more slabs`
      : region.options.grow > 0
        ? `, and \`max=${max}\` allows no more`
        : "";
  return {
    message: `no free ${noun} in ${regionName(region)}: all ${plural(usedBlocks, noun)} of ${bytes(blockSize)} are in use${limit}.`,
  };
}
