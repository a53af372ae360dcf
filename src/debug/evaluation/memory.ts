import type { DebugProtocol } from "@vscode/debugprotocol";
import { toHex } from "../../engine/address";
import type { MachineState } from "../../machine/run/MachineState";
import { encodeBase64 } from "../protocol/base64";
import { failures } from "../protocol/failures";

/** Most bytes that one `readMemory` answers; a client reads on behind them. */
const longestRead = 4 * 1024 * 1024;

/** The address that a memory reference names. References are addresses in hexadecimal, so they outlive a step. */
export function parseMemoryReference(reference: unknown): number {
  if (typeof reference === "string" && /^(0x[0-9a-f]{1,14}|\d{1,16})$/i.test(reference)) {
    const address = Number(reference);
    if (Number.isSafeInteger(address)) return address;
  }
  throw failures.badMemoryReference(String(reference));
}

/** Answers `readMemory`: the bytes from reference + offset as far as they are readable, then how many are not. */
export function readMemory(
  state: MachineState,
  reference: unknown,
  offset: number,
  count: number,
): DebugProtocol.ReadMemoryResponse["body"] {
  const start = parseMemoryReference(reference) + offset;
  const wanted = Math.max(0, Math.min(count, longestRead));
  // The addresses below 0 that a hex editor asks for when it scrolls up from the first page do not exist.
  if (start < 0) return { address: "0x0", data: "", unreadableBytes: Math.min(wanted, -start) };
  const bytes = readRun(state, start, wanted);
  const unreadable = wanted - bytes.length;
  const body = { address: toHex(start), data: encodeBase64(bytes) };
  if (unreadable === 0) return body;
  return { ...body, unreadableBytes: bytesToNextRegion(state, start + bytes.length, unreadable) };
}

/** Readable bytes from `start`, across neighbouring pages, at most `length`. */
function readRun(state: MachineState, start: number, length: number): Uint8Array {
  const run = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const part = state.peek(start + filled, length - filled);
    if (part === undefined || part.length === 0) break;
    run.set(part.subarray(0, length - filled), filled);
    filled += part.length;
  }
  return run.subarray(0, Math.min(filled, length));
}

/** How many of `limit` bytes from `address` to skip before a heap or pool answers again. */
function bytesToNextRegion(state: MachineState, address: number, limit: number): number {
  let skip = limit;
  for (const region of [...state.heaps.values(), ...state.pools.values()]) {
    if (address < region.base && region.base - address < skip) skip = region.base - address;
  }
  return skip;
}
