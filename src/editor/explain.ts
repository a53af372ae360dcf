import { toHex } from "../engine/address";
import type { HeapBlock, HeapContract } from "../engine/heap/contract";
import type { PoolContract } from "../engine/pool/contract";
import { pageFlags } from "../engine/vm/contract";
import type { Allocation, MachineState } from "../machine/contract";
import { permissionLetters } from "../machine/problems/flags";

/** Bytes shown of a block. */
const previewLength = 16;

/** Everything known about an address at a step, as a Markdown list; never empty. */
export function explainAddress(state: MachineState, address: number): string[] {
  const region = state.regionAt(address);
  const lines = region === undefined ? [] : explainRegion(state, region, address);
  lines.push(...explainPage(state, address));
  const bytes = state.peek(address, previewLength);
  if (bytes !== undefined && 0 < bytes.length) lines.push(`Bytes: \`${hexBytes(bytes)}\` \`${printable(bytes)}\``);
  if (lines.length === 0) lines.push("No heap, pool or page answers at this address.");
  return lines;
}

function explainRegion(state: MachineState, region: HeapContract | PoolContract, address: number): string[] {
  if ("blockSize" in region.options) {
    const block = (region as PoolContract).blockAt(address);
    if (block === undefined) return [];
    const end = block.address + block.size;
    const owner = block.state === "used" ? ownerText(state.allocation(block.owner)) : "";
    return [
      `Pool \`${region.options.name}\`, block ${block.index}: ${range(block.address, end)}, ${bytesText(block.size)}, ${block.state}${owner}`,
      offsetText(address - block.address, "the block"),
    ];
  }
  const heap = region as HeapContract;
  const block = heap.blockAt(address);
  return block === undefined ? [] : explainBlock(state, heap, block, address);
}

function explainBlock(state: MachineState, heap: HeapContract, block: HeapBlock, address: number): string[] {
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

/** Page number and offset, the entry's bits and the physical address. */
function explainPage(state: MachineState, address: number): string[] {
  const { vm } = state;
  if (vm === null) return [];
  const { pageSize } = vm.options;
  const vpn = Math.floor(address / pageSize);
  const offset = address % pageSize;
  const place = `Page ${vpn} (${toHex(vpn)}), offset ${offset} (${toHex(offset)})`;
  const entry = vm.entry(vpn);
  if (entry === undefined) return [`${place}: not mapped`];
  if (entry.pfn === null) {
    const where = entry.slot === null ? "never touched" : `in swap slot ${entry.slot}`;
    return [place, `Page-table entry: not present, ${where}, \`${flagText(entry.flags)}\``];
  }
  const physical = entry.pfn * pageSize + offset;
  return [
    place,
    `Page-table entry: frame ${entry.pfn} (${toHex(entry.pfn)}), valid, \`${flagText(entry.flags)}\``,
    `Physical address: \`${toHex(physical)}\` (${physical})`,
  ];
}

/** `rw-u accessed dirty`: the bits of a page-table entry in words. */
function flagText(flags: number): string {
  const marks = [
    (flags & pageFlags.accessed) === 0 ? "" : " accessed",
    (flags & pageFlags.dirty) === 0 ? "" : " dirty",
  ];
  return permissionLetters(flags) + marks.join("");
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
