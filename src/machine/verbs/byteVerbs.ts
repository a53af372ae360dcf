import { toHex } from "../../engine/address";
import { VirtualBytes } from "../../engine/vm/VirtualBytes";
import { say, type Phrase } from "../../language/phrases";
import { performAccess, planAccess, reach } from "../access/access";
import { tellRefused } from "../access/pageAccess";
import { reportDamage } from "../damage/remember";
import type { Stretch } from "../access/pageAccess";
import { blockFacts, blockFactsOf } from "../problems/facts";
import type { Value } from "../state/HandleTable";
import { byteCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";

const longestText = 60;

/** `write DEST "text"` and `write DEST VALUE`. */
function write(step: Step): void {
  const place = step.pointer("destination");
  if (place === null) return;
  const data = writtenBytes(step, place.value);
  if (data === null) return;
  putBytes(step, place, data);
}

/** `read SRC LEN`. */
function read(step: Step): void {
  const place = step.pointer("source");
  const length = step.whole(step.operand("length"), "length", 0, "invalid-size");
  if (place === null || length === null) return;
  const data = takeBytes(step, place, length);
  if (data === null) return;
  step.value = { kind: "bytes", address: place.value, bytes: data };
  step.tell(() => say("Read {0} at {1}: {2}.", byteCount(data.length), toHex(place.value), quoteBytes(data)));
}

/** `fill DEST LEN BYTE`, as memset. */
function fill(step: Step): void {
  const place = step.pointer("destination");
  const length = step.whole(step.operand("length"), "length", 0, "invalid-size");
  const byte = step.whole(step.operand("byte"), "byte", 0);
  if (place === null || length === null || byte === null) return;
  if (byte > 255) {
    step.raise("bad-operand", { kind: "byte", value: byte });
    return;
  }
  if (length === 0 || !fits(step, length)) return;
  const stretches = reach(step, place, length, "write");
  if (stretches === null) return;
  for (const stretch of stretches) stretch.store.fill(stretch.address, stretch.length, byte);
  if (lacksRoom(step, stretches)) return;
  reportDamage(step, stretches);
  const count = byteCount(reachedBytes(stretches));
  step.tell(() => say("Set {0} at {1} to {2}.", count, toHex(place.value), toHex(byte)));
}

/** `copy DEST SRC LEN`, as memmove; bytes that were never written stay so in the copy. */
function copy(step: Step): void {
  const to = step.pointer("destination");
  const from = step.pointer("source");
  const length = step.whole(step.operand("length"), "length", 0, "invalid-size");
  if (to === null || from === null || length === null || length === 0 || !fits(step, length)) return;
  const reading = planAccess(step, from, length, "read");
  if (reading === null) return;
  const writing = planAccess(step, to, length, "write");
  if (writing === null) return;
  const sources = performAccess(step, reading);
  if (sources === null) return;
  // A target's page may evict a source's page from physical memory, so that those bytes are taken first.
  const taken = sources.some(({ region }) => region === null) ? sources.map(takePart) : null;
  const targets = performAccess(step, writing);
  if (targets === null) return;
  const distance = Math.abs(to.value - from.value);
  if (distance > 0 && distance < length) {
    const ids = new Set([to.allocation, from.allocation]);
    const blocks = [...ids].flatMap((id) => blockFactsOf(step.world, id) ?? []);
    step.raise("overlap", { toAddress: to.value, fromAddress: from.value, length, blocks });
  }
  if (taken === null) copyStretches(sources, targets);
  else copyParts(taken, targets);
  if (lacksRoom(step, targets)) return;
  reportDamage(step, targets);
  const count = byteCount(Math.min(reachedBytes(sources), reachedBytes(targets)));
  step.tell(() => say("Copied {0} from {1} to {2}.", count, toHex(from.value), toHex(to.value)));
}

function copyStretches(sources: readonly Stretch[], targets: readonly Stretch[]): void {
  const source = sources.at(0);
  const target = targets.at(0);
  if (source === undefined || target === undefined) return;
  if (sources.length === 1 && targets.length === 1 && source.store === target.store) {
    source.store.copy(target.address, source.address, Math.min(source.length, target.length));
    return;
  }
  copyParts(sources.map(takePart), targets);
}

/** Bytes of a stretch, and which of them were never written. */
interface Part {
  readonly offset: number;
  readonly data: Uint8Array;
  readonly undefinedAt: readonly [start: number, length: number][];
}

function takePart({ store, address, length, offset }: Stretch): Part {
  return { offset, data: store.read(address, length), undefinedAt: definedMap(store, address, length) };
}

function copyParts(parts: readonly Part[], targets: readonly Stretch[]): void {
  for (const part of parts) {
    for (const to of targets) {
      const start = Math.max(part.offset, to.offset);
      const end = Math.min(part.offset + part.data.length, to.offset + to.length);
      if (start >= end) continue;
      to.store.write(to.address + start - to.offset, part.data.subarray(start - part.offset, end - part.offset));
      for (const [holeStart, holeLength] of part.undefinedAt) {
        const from = Math.max(start, part.offset + holeStart);
        const until = Math.min(end, part.offset + holeStart + holeLength);
        if (from < until) to.store.forget(to.address + from - to.offset, until - from);
      }
    }
  }
}

/** Stretches of never-written bytes as offset and length. */
function definedMap(store: Stretch["store"], address: number, length: number): [number, number][] {
  const holes: [number, number][] = [];
  for (
    let at = store.firstUndefined(address, length);
    at !== -1;
    at = store.firstUndefined(at, address + length - at)
  ) {
    const start = at;
    while (at < address + length && store.firstUndefined(at, 1) === at) at++;
    holes.push([start - address, at - start]);
    if (at >= address + length) break;
  }
  return holes;
}

/** The bytes that go to a place: a text, or a number of `width=` bytes. Null when it is wrong, which is reported. */
export function writtenBytes(step: Step, place: number): Uint8Array | null {
  const operand = step.operand("value");
  if (operand?.kind === "string") return operand.bytes;
  const value = step.pointer("value");
  const width = step.wholeOption("width", 1);
  if (value === null || width === null) return null;
  const { world } = step;
  const target = value.allocation >= 0 ? value.allocation : world.ownerAt(value.value)?.id;
  if (target !== undefined) world.escaped.set(target, place);
  if (!Number.isSafeInteger(value.value)) {
    step.raise("bad-operand", { kind: "inexact-value", value: value.value });
    return null;
  }
  if (width !== undefined && ![1, 2, 4, 8].includes(width)) {
    step.raise("bad-operand", { kind: "width", value: width });
    return null;
  }
  return encode(value.value, width ?? (value.allocation >= 0 ? 8 : narrowest(value.value)));
}

/** The story of a write of an empty text. */
export function nothingWritten(): Phrase {
  return say("Wrote nothing: the text is empty.");
}

/** Writes bytes to a place, after the checks; false when the write was refused. */
export function putBytes(step: Step, place: Value, data: Uint8Array): boolean {
  if (data.length === 0) {
    step.tell(nothingWritten);
    return true;
  }
  const stretches = reach(step, place, data.length, "write");
  if (stretches === null) return false;
  for (const { store, address, length, offset } of stretches)
    store.write(address, data.subarray(offset, offset + length));
  if (lacksRoom(step, stretches)) return false;
  reportDamage(step, stretches);
  const count = byteCount(reachedBytes(stretches));
  step.tell(() => say("Wrote {0} to {1}: {2}.", count, toHex(place.value), quoteBytes(data)));
  return true;
}

/** Whether pages of a process got no frame for what was written, which the end of the step reports. */
function lacksRoom(step: Step, stretches: readonly Stretch[]): boolean {
  const lacks = stretches.some(({ store }) => store instanceof VirtualBytes && store.hasFailed);
  if (lacks) tellRefused(step, "write");
  return lacks;
}

/** Reads bytes of a place, after the checks; null when the read is refused. */
export function takeBytes(step: Step, place: Value, length: number): Uint8Array | null {
  if (length === 0) return new Uint8Array(0);
  if (!fits(step, length)) return null;
  const stretches = reach(step, place, length, "read");
  if (stretches === null) return null;
  const data = new Uint8Array(reachedBytes(stretches));
  for (const stretch of stretches) data.set(stretch.store.read(stretch.address, stretch.length), stretch.offset);
  for (const stretch of stretches) checkDefined(step, stretch, length);
  return data;
}

function checkDefined(step: Step, stretch: Stretch, length: number): void {
  if (stretch.region === null) return;
  const at = stretch.store.firstUndefined(stretch.address, stretch.length);
  if (at === -1) return;
  const block = step.world.ownerAt(at);
  if (block === undefined || at < block.address || at >= block.address + block.requested) return;
  step.raise("uninitialized-read", { length, offset: at - block.address, block: blockFacts(block) });
}

/** Whether a stretch of this length may come into being; when not, the run stops. */
function fits(step: Step, length: number): boolean {
  if (step.world.residentBytes() + length <= step.limits.residentMemory) return true;
  step.exceed("residentMemory", { kind: "access", operation: step.statement.verb, size: length });
  return false;
}

function reachedBytes(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { length }) => sum + length, 0);
}

function narrowest(value: number): number {
  const widths = [1, 2, 4];
  const isEnough = (width: number): boolean =>
    value >= 0 ? value < 2 ** (8 * width) : value >= -(2 ** (8 * width - 1));
  return widths.find(isEnough) ?? 8;
}

function encode(value: number, width: number): Uint8Array {
  const data = new Uint8Array(width);
  let rest = BigInt.asUintN(8 * width, BigInt(value));
  for (let index = 0; index < width; index++) {
    data[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return data;
}

/** Printable bytes as text in quotes, others in hexadecimal; long ones cut. */
export function quoteBytes(data: Uint8Array): string {
  const shownPart = data.subarray(0, longestText);
  const more = data.length > shownPart.length ? " …" : "";
  const isText = shownPart.length > 0 && shownPart.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (isText) return `"${Array.from(shownPart, (byte) => String.fromCharCode(byte)).join("")}"${more}`;
  return [...shownPart].map((byte) => byte.toString(16).padStart(2, "0")).join(" ") + more;
}

export const byteExecutors: Executors = { write, read, fill, copy };
