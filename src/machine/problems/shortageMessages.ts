import { toHex } from "../../engine/address";
import type { HeapBlock } from "../../engine/heap/blocks";
import type { HeapStats, Obstacle, Shortage } from "../../engine/heap/contract";
import type { HeapOptions } from "../../engine/heap/options";
import type { Allocation } from "../state/allocation";
import type { Report } from "../step/Step";
import { blockName, bytes, lineName, originLines, plural } from "./wording";

/** Everything that is known about a request that a heap has no room for. */
export interface RefusedRequest {
  readonly options: HeapOptions;
  readonly stats: HeapStats;
  readonly requested: number;
  /** Asked for by `align=`, 1 for nothing. */
  readonly align: number;
  /** Null when explanations have become too expensive. */
  readonly shortage: Shortage | null;
  ownerOf(block: HeapBlock): Allocation | undefined;
}

/** The failed allocation that explains itself. */
export function outOfMemory(request: RefusedRequest): Report {
  const { options, stats, requested, shortage } = request;
  const { freeBytes, freeBlocks, largestFree } = stats;
  const usable = options.policy === "bump" ? "the largest that `bump` still cuts from" : "the largest";
  const room = `\`${options.name}\` has ${bytes(freeBytes)} free in ${plural(freeBlocks, "block")}, ${usable} of ${bytes(largestFree)}`;
  const parts = [`no room for ${bytes(requested)}${blockText(request)}: ${room}`];
  const passedOver = shortage?.passedOver ?? null;
  const obstacle = shortage?.obstacle ?? null;
  if (shortage !== null && passedOver !== null) parts.push(passedOverText(request, passedOver, shortage.need));
  if (stats.quarantinedBytes > 0) {
    const waiting = `${bytes(stats.quarantinedBytes)} of ${plural(stats.quarantinedBlocks, "freed block")}`;
    parts.push(`${waiting} wait in quarantine`);
  }
  if (options.grow > 0) parts.push(`\`max=\` keeps the heap from growing beyond ${bytes(options.max)}`);
  if (shortage !== null) parts.push(compactionText(shortage, largestFree, options));
  if (obstacle === null) return { message: `${parts.join("; ")}.` };
  parts.push(obstacleText(request, obstacle));
  return {
    message: `${parts.join("; ")}.`,
    related: obstacle.blocks.flatMap((block) => {
      const owner = request.ownerOf(block);
      return owner === undefined ? [] : originLines(owner);
    }),
  };
}

/** " (a block of 64 with its header)", as far as it is known. */
function blockText({ options: { header, footer, redzone }, shortage }: RefusedRequest): string {
  if (shortage === null) return "";
  const parts = [header > 0 ? "header" : "", footer > 0 ? "footer" : "", redzone > 0 ? "red zones" : ""];
  const named = parts.filter((part) => part !== "");
  const last = named.pop();
  if (last === undefined) return ` (a block of ${shortage.need})`;
  return ` (a block of ${shortage.need} with its ${named.length === 0 ? last : `${named.join(", ")} and ${last}`})`;
}

/** Why a free block of enough bytes does not serve. */
function passedOverText({ options, align }: RefusedRequest, block: HeapBlock, need: number): string {
  const it = `the free block of ${bytes(block.size)} at ${toHex(block.address)}`;
  if (align > 1 && options.policy !== "bump") return `${it} has no room for it at a multiple of ${align}`;
  switch (options.policy) {
    case "tlsf":
      return `${it} is large enough, but \`tlsf\` takes only from classes in which every block has ${bytes(need)}`;
    case "bump":
      return `${it} is large enough, but \`bump\` uses nothing again before \`reset\` or \`defrag\``;
    case "segregated":
      return `${it} is large enough, but not among the few of its class that \`segregated\` looks at`;
    default:
      return `${it} is large enough, but \`${options.policy}\` passes it over`;
  }
}

function compactionText({ need, ...shortage }: Shortage, largestFree: number, { policy }: HeapOptions): string {
  const { compacted, compactionServes } = shortage;
  // Blocks of powers of two leave gaps between them, and what is put together is not one block either.
  if (!compactionServes && policy === "buddy") return "even `defrag` would not make room for it";
  if (!compactionServes) return `even \`defrag\` would give only one hole of ${bytes(compacted)}`;
  const why = largestFree < need && policy !== "bump" ? "the memory is fragmented: " : "";
  if (policy === "buddy") return `${why}\`defrag\` would make room for it`;
  return `${why}\`defrag\` would make one hole of ${bytes(compacted)}, enough for it`;
}

function obstacleText(request: RefusedRequest, { blocks, count, bytes: held, hole }: Obstacle): string {
  if (count === 0) return `free neighbours are not merged: \`coalesce\` would make a hole of ${bytes(hole)}`;
  const names = blocks.map((block) => {
    const owner = request.ownerOf(block);
    if (owner === undefined) return `the block at ${toHex(block.address)}`;
    const place = block.state === "quarantined" ? "in quarantine" : `from ${lineName(owner.line)}`;
    return `${blockName(owner)} ${place}`;
  });
  if (count === 1) return `${names.join("")} stands in the way: without it there would be a hole of ${bytes(hole)}`;
  const list = count > names.length ? `${names.join(", ")}, …` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${count} blocks of ${bytes(held)} stand in the way (${list}): without them there would be a hole of ${bytes(hole)}`;
}
