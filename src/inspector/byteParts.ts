import { toHex } from "../engine/address";
import type { HeapBlock } from "../engine/heap/blocks";
import type { HeapReader } from "../engine/heap/HeapReader";
import type { PoolBlock } from "../engine/pool/contract";
import type { Allocation } from "../machine/state/allocation";
import type { MachineState } from "../machine/run/MachineState";
import { isHeap, type FixedSizeReader } from "../machine/state/regions";

/** What a byte is to the region that it lies in. */
export type BytePartKind =
  /** Fields of a header, 8 bytes each: size, flags, next and previous free block. */
  | "size"
  | "flags"
  | "next"
  | "previous"
  /** A header too small for a field of 8 bytes: size and used bit in one word. */
  | "word"
  /** What a header has beyond its fields. */
  | "header"
  | "footer"
  /** Bytes that somebody asked for. */
  | "payload"
  /** Bytes of a used block that nobody asked for. */
  | "padding"
  | "redZone"
  | "quarantined"
  | "free";

/** A run of bytes that are the same to their block. Offsets count from the first byte asked for, half-open. */
export interface BytePart {
  readonly from: number;
  readonly to: number;
  readonly kind: BytePartKind;
  /** Where the block begins, header included. */
  readonly block: string;
  readonly handle: string | null;
  /** 0-based line that allocated it. */
  readonly line: number | null;
}

type Run = readonly [kind: BytePartKind, from: number, to: number];

const fieldBytes = 8;
const fieldKinds = ["size", "flags", "next", "previous"] as const;

/** The parts that the bytes of a range are, in address order; bytes between blocks belong to none. */
export function byteParts(state: MachineState, address: number, length: number): BytePart[] {
  const region = state.regionAt(address);
  if (region === undefined) return [];
  const end = Math.min(address + length, region.end);
  const parts: BytePart[] = [];
  for (const { at, owner, runs } of isHeap(region) ? heapRuns(region, address) : poolRuns(region, address)) {
    if (end <= at) break;
    const allocation: Allocation | undefined = owner === null ? undefined : state.allocation(owner);
    for (const [kind, from, to] of runs) {
      if (to <= address || end <= from || from === to) continue;
      parts.push({
        from: Math.max(from, address) - address,
        to: Math.min(to, end) - address,
        kind,
        block: toHex(at),
        handle: allocation?.handle ?? null,
        line: allocation?.line ?? null,
      });
    }
  }
  return parts;
}

interface BlockRuns {
  readonly at: number;
  readonly owner: number | null;
  readonly runs: readonly Run[];
}

function* heapRuns(heap: HeapReader, from: number): Generator<BlockRuns> {
  for (const block of heap.blocks(from)) {
    const isFree = block.state === "free";
    yield { at: block.address, owner: isFree ? null : block.owner, runs: runsOfHeapBlock(heap, block) };
  }
}

function runsOfHeapBlock({ options }: HeapReader, block: HeapBlock): Run[] {
  const start = block.address;
  const end = start + block.size;
  // A free remainder smaller than header and footer carries neither.
  const header = block.size < options.header ? 0 : options.header;
  const footer = block.size < options.header + options.footer ? 0 : options.footer;
  const runs = headerRuns(start, header);
  const inside = start + header;
  const outside = end - footer;
  if (block.state === "free") runs.push(["free", inside, outside]);
  else if (block.state === "quarantined") runs.push(["quarantined", inside, outside]);
  else {
    const asked = Math.min(outside, block.payload + block.requested);
    const around: BytePartKind = options.redzone > 0 ? "redZone" : "padding";
    runs.push([around, inside, block.payload], ["payload", block.payload, asked], [around, asked, outside]);
  }
  runs.push(["footer", outside, end]);
  return runs;
}

function headerRuns(start: number, header: number): Run[] {
  const fields = Math.min(fieldKinds.length, Math.floor(header / fieldBytes));
  if (fields === 0)
    return header >= 4
      ? [
          ["word", start, start + 4],
          ["header", start + 4, start + header],
        ]
      : [["header", start, start + header]];
  const runs = fieldKinds
    .slice(0, fields)
    .map((kind, at): Run => [kind, start + at * fieldBytes, start + (at + 1) * fieldBytes]);
  return [...runs, ["header", start + fields * fieldBytes, start + header]];
}

function* poolRuns(pool: FixedSizeReader, from: number): Generator<BlockRuns> {
  for (const block of pool.blocks(from)) {
    yield { at: block.address, owner: block.state === "used" ? block.owner : null, runs: runsOfPoolBlock(pool, block) };
  }
}

/** A free block of a pool begins with the link to the next one. */
function runsOfPoolBlock({ kind, options }: FixedSizeReader, block: PoolBlock): Run[] {
  const { address } = block;
  const end = address + options.blockSize;
  if (block.state === "used") return [["payload", address, end]];
  const { blockSize } = options;
  const link = kind === "slab" || blockSize < 4 ? 0 : blockSize < fieldBytes ? 4 : fieldBytes;
  return [
    ["next", address, address + link],
    ["free", address + link, end],
  ];
}
