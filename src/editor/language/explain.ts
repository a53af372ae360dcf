import { toHex } from "../../engine/address";
import type { HeapBlock } from "../../engine/heap/blocks";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { SlabCacheReader } from "../../engine/slab/SlabCache";
import type { AccessKind } from "../../engine/vm/contract";
import { englishWords } from "../../language/Words";
import type { Allocation } from "../../machine/state/allocation";
import type { MachineState } from "../../machine/run/MachineState";
import { regionFacts } from "../../machine/problems/facts";
import { gapName } from "../../machine/problems/wildAccess";
import { sentence } from "../../machine/problems/wording";
import { isHeap, regionName, type FixedSizeReader, type RegionReader } from "../../machine/state/regions";
import { walkRows } from "../../machine/walk/text";
import { walkAddress } from "../../machine/walk/walk";

/** Bytes shown of a block. */
const previewLength = 16;

/** What lies at an address at a step, as sentences; empty only when there is a vm, whose walk says the rest. */
export function explainAddress(state: MachineState, address: number): string[] {
  const region = state.regionAt(address);
  const lines = region === undefined ? [] : explainRegion(state, region, address);
  const bytes = state.peek(address, previewLength);
  if (bytes !== undefined && 0 < bytes.length) lines.push(`Bytes: \`${hexBytes(bytes)}\` \`${printable(bytes)}\``);
  if (lines.length === 0 && state.vm === null) lines.push("No heap or pool answers at this address.");
  return lines;
}

/** The walk of an address through segments and page tables, as a Markdown table; empty without a vm. */
export function explainWalk(
  state: MachineState,
  address: number,
  kind: AccessKind | null,
  words = englishWords,
): string {
  const walk = walkAddress(state, address, kind);
  if (walk === null) return "";
  // What lies there stands above the table already.
  const steps = walk.steps.filter((step) => step.kind !== "block");
  const rows = walkRows({ ...walk, steps }, words).map(({ name, text }) => `| ${name} | ${text} |`);
  return [`| Walk | process \`${walk.process}\` |`, "| :-- | :-- |", ...rows].join("\n");
}

function explainRegion(state: MachineState, region: RegionReader, address: number): string[] {
  if (!isHeap(region)) return explainFixed(state, region, address);
  const block = region.blockAt(address);
  return block === undefined ? [] : explainBlock(state, region, block, address);
}

function explainFixed(state: MachineState, region: FixedSizeReader, address: number): string[] {
  const name = sentence(regionName(region));
  const block = region.blockAt(address);
  if (block === undefined) {
    const gap = region.gapAt(address)?.kind;
    const what = gap === undefined ? "outside" : gapName({ gap, region: regionFacts(region) }, englishWords);
    return [`${name}: this is ${what}`];
  }
  const owner = block.state === "used" ? ownerText(state.allocation(block.owner)) : "";
  const noun = region.kind === "slab" ? "object" : "block";
  const slab = region.kind === "slab" ? slabText(region, block.index) : "";
  return [
    `${name}, ${slab}${noun} ${block.index}: ${range(block.address, block.address + block.size)}, ${bytesText(block.size)}, ${block.state}${owner}`,
    offsetText(address - block.address, `the ${noun}`),
  ];
}

function slabText(cache: SlabCacheReader, object: number): string {
  return `slab ${Math.floor(object / cache.stats().objectsPerSlab)}, `;
}

function explainBlock(state: MachineState, heap: HeapReader, block: HeapBlock, address: number): string[] {
  const end = block.address + block.size;
  const payloadEnd = end - heap.options.footer;
  const owner = block.state === "free" ? "" : ownerText(state.allocation(block.owner));
  const lines = [
    `Heap \`${heap.options.name}\`, ${block.state} block: ${range(block.address, end)}, ${bytesText(block.size)}${owner}`,
  ];
  const { redzone, header } = heap.options;
  const isGuarded = redzone > 0 && block.state !== "free";
  const headerEnd = isGuarded ? block.address + header : block.payload;
  const dataEnd = isGuarded ? block.payload + block.requested : payloadEnd;
  if (block.address < headerEnd) lines.push(`Header: ${range(block.address, headerEnd)}`);
  if (isGuarded) lines.push(`Red zones: ${range(headerEnd, block.payload)} and ${range(dataEnd, payloadEnd)}`);
  const requested = block.state !== "free" ? `, ${bytesText(block.requested)} asked for` : "";
  lines.push(`Payload: ${range(block.payload, dataEnd)}${requested}`);
  if (isGuarded && headerEnd <= address && address < block.payload)
    lines.push(`The address lies in the red zone, ${bytesText(block.payload - address)} before the payload.`);
  else if (isGuarded && dataEnd <= address && address < payloadEnd)
    lines.push(`The address lies in the red zone, ${bytesText(address - dataEnd)} after the payload.`);
  else if (address < block.payload)
    lines.push(`The address lies in the header, ${bytesText(block.payload - address)} before the payload.`);
  else if (payloadEnd <= address) lines.push("The address lies in the footer.");
  else lines.push(offsetText(address - block.payload, "the payload"));
  return lines;
}

/** What became of the allocation that a pointer came from. */
export function explainAllocation(allocation: Allocation): string {
  const fate = allocation.freed === null ? "live" : `freed in line ${allocation.freed.line + 1}`;
  return `Allocated in line ${allocation.line + 1} (step ${allocation.step}), ${bytesText(allocation.requested)}, ${fate}`;
}

function ownerText(allocation: Allocation | undefined): string {
  if (allocation === undefined) return "";
  const handle = allocation.handle === null ? "no handle" : `\`${allocation.handle}\``;
  return `, owned by ${handle}, line ${allocation.line + 1}`;
}

function offsetText(offset: number, what: string): string {
  return offset === 0 ? `The address is the start of ${what}.` : `The address is ${bytesText(offset)} into ${what}.`;
}

function range(from: number, to: number): string {
  return `\`${toHex(from)}..${toHex(to)}\``;
}

function bytesText(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Characters that neither print nor fit into a code span are dots. */
function printable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    0x20 <= byte && byte < 0x7f && byte !== 0x60 ? String.fromCharCode(byte) : ".",
  ).join("");
}
