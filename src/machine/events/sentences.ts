import { toHex } from "../../engine/address";
import type { EngineEvent } from "../../engine/events";
import type { Allocation } from "../state/allocation";
import { permissionLetters } from "../problems/flags";
import { bytes, fate, handleOr, lineName, sentence } from "../problems/wording";
import type { MemoryEvent } from "./memoryEvents";

/** What happened, in one plain sentence. */
export function sentenceOf(happening: MemoryEvent): string {
  const { event, problem, allocation } = happening;
  if (problem !== null) return `${sentence(problem.id.replaceAll("-", " "))}: ${problem.message}`;
  if (happening.kind === "free") return freed(allocation, event);
  return event === null ? "" : eventSentence(happening, event);
}

function eventSentence({ allocation, region, process }: MemoryEvent, event: EngineEvent): string {
  const { a, b, c, d } = event;
  const who = allocation === null ? "The block" : handleOr(allocation, "A block");
  const page = `Page ${a}${process === null ? "" : ` of ${process}`}`;
  switch (event.kind) {
    case "allocate":
    case "pool-allocate":
      return allocated(allocation, event);
    case "write":
      return `${bytes(b)} written at ${span(a, b)}.`;
    case "read":
      return `${bytes(b)} read at ${span(a, b)}.`;
    case "move":
      return `${who} moved from ${toHex(a)} to ${toHex(b)}, ${bytes(c)} copied.`;
    case "resize":
      return `${who} was resized in place: its block at ${toHex(a)} has ${bytes(b)} now, ${c} before.`;
    case "split":
      return `The free block at ${toHex(Math.min(a, c))} (${bytes(b + d)}) was split: ${b} used at ${toHex(a)}, ${d} free at ${toHex(c)}.`;
    case "coalesce":
      return `The free block at ${toHex(c)} (${bytes(d)}) was merged into the one at ${toHex(a)}, which has ${bytes(b)} now.`;
    case "grow":
      return `The heap grew from ${toHex(a)} to ${toHex(b)}.`;
    case "pool-grow":
      return `The pool${region === null ? "" : ` \`${region}\``} grew from ${a} to ${b} blocks.`;
    case "quarantine-enter":
      return `The block at ${toHex(a)} (${bytes(b)}) entered quarantine.`;
    case "quarantine-leave":
      return `The block at ${toHex(a)} (${bytes(b)}) left quarantine and is free.`;
    case "map":
      return b < 0
        ? `${page} was mapped on demand, \`${permissionLetters(c)}\`.`
        : `${page} was mapped to frame ${b}, \`${permissionLetters(c)}\`.`;
    case "unmap":
      return b < 0 ? `${page} was unmapped.` : `${page} was unmapped from frame ${b}.`;
    case "protect":
      return `${page} permits \`${permissionLetters(b)}\` now, \`${permissionLetters(c)}\` before.`;
    case "page-in":
      return `${page} was not present and came into frame ${b}, ${c < 0 ? "fresh" : `from swap slot ${c}`}.`;
    case "evict":
      return `${page} had to leave frame ${b}${c < 0 ? "" : ` for swap slot ${c}`}${d === 1 ? ", written back" : ""}.`;
    case "copy-page":
      return `${page} was written while shared: it was copied from frame ${b} to frame ${c}.`;
    case "merge-page":
      return `Frame ${a} had the same bytes as frame ${b}: its pages share that one now.`;
    case "switch":
      return `${process ?? "Another process"} runs from here on.`;
    default:
      return sentence(`${event.kind}.`);
  }
}

function allocated(allocation: Allocation | null, event: EngineEvent): string {
  if (allocation === null) return `A block at ${toHex(event.a)} was handed out.`;
  const { requested, address, region } = allocation;
  return `${handleOr(allocation, "A block")} was allocated: ${bytes(requested)} at ${toHex(address)} from \`${region}\`.`;
}

function freed(allocation: Allocation | null, event: EngineEvent | null): string {
  if (allocation === null) return `The block at ${toHex(event?.a ?? 0)} was freed.`;
  const { requested, address } = allocation;
  const who = `${handleOr(allocation, "A block")} of ${lineName(allocation.line)}`;
  return `${who} was ${fate(allocation) ?? "freed"}: ${bytes(requested)} at ${toHex(address)}.`;
}

function span(from: number, length: number): string {
  return `${toHex(from)}..${toHex(from + length)}`;
}
