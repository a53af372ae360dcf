import { toHex } from "../../engine/address";
import type { HandleValue } from "../../machine/state/allocation";
import type { MachineState } from "../../machine/run/MachineState";
import { listOf, pageOf } from "../../machine/inspect/node";
import { failures } from "../protocol/failures";
import { hexBytes, printable, type ValueFormat } from "../protocol/format";
import type { Children, ShownValue } from "./store";

/** Bytes shown of a payload. */
const previewLength = 32;

/** Line as people count, from 1: the texts below are for people whatever the client counts from. */
const lineText = (line: number): string => `line ${line + 1}`;

/** A handle: where it points, and what became of the allocation that it came from. */
export function showHandle(state: MachineState, handle: HandleValue, format: ValueFormat): ShownValue {
  const shown = {
    name: handle.name,
    value: `${toHex(handle.address)}${describeAllocation(handle, format)}`,
    type: handle.allocation === null ? "number" : "pointer",
    evaluateName: handle.name,
    memoryReference: toHex(handle.address),
    assign: (value: string) => `${handle.name} = ${value}`,
    ...(handle.allocation === null ? {} : { watch: { kind: "block", allocation: handle.allocation.id } as const }),
  };
  return handle.allocation === null
    ? shown
    : { ...shown, children: { named: () => handleFacts(state, handle, format) } };
}

function describeAllocation(handle: HandleValue, format: ValueFormat): string {
  const { allocation } = handle;
  if (allocation === null) return "";
  const offset = handle.address - allocation.address;
  const place = offset === 0 ? "" : `, ${format.bytes(offset)} in`;
  const fate = allocation.freed === null ? "" : `, freed at ${lineText(allocation.freed.line)}`;
  return ` (${format.bytes(allocation.requested)} in ${allocation.region}${place}${fate})`;
}

function handleFacts(state: MachineState, handle: HandleValue, format: ValueFormat): ShownValue[] {
  const allocation = handle.allocation!;
  const facts: ShownValue[] = [
    { name: "address", value: toHex(handle.address), memoryReference: toHex(handle.address) },
    { name: "requested", value: format.number(allocation.requested) },
    { name: "allocated", value: `${lineText(allocation.line)}, step ${allocation.step}` },
    {
      name: "freed",
      value: allocation.freed === null ? "no" : `${lineText(allocation.freed.line)}, step ${allocation.freed.step}`,
    },
  ];
  const block = state.regionAt(handle.address)?.blockAt(handle.address);
  if (block !== undefined) {
    const address = toHex(block.address);
    facts.push({
      name: "block",
      value: `${address} (${format.bytes(block.size)}, ${block.state})`,
      memoryReference: address,
    });
  }
  const bytes = state.peek(handle.address, Math.min(previewLength, Math.max(1, allocation.requested)));
  if (bytes !== undefined) {
    const at = toHex(handle.address);
    facts.push(
      { name: "bytes", value: hexBytes(bytes), assign: (value) => `write ${at} "${escapedBytes(value)}"` },
      {
        name: "text",
        value: printable(bytes),
        assign: (value) => `write ${at} "${editedText(value, bytes)}"`,
      },
    );
  }
  return facts;
}

/**
 * An edited preview as a string of the language. Where a dot stood for a byte that is no character and still stands, the
 * byte stays, and what comes behind the last change is not written.
 */
function editedText(value: string, bytes: Uint8Array): string {
  const before = printable(bytes);
  let end = value.length;
  if (end === before.length && value !== before) while (value[end - 1] === before[end - 1]) end -= 1;
  return value.slice(0, end).replace(/["\\.]/g, (character, index: number) => {
    if (character !== ".") return `\\${character}`;
    return before[index] === "." ? `\\x${hexBytes(bytes.subarray(index, index + 1))}` : character;
  });
}

/** `48 65` or `4865` as the escapes of a string. */
function escapedBytes(value: string): string {
  const digits = value.replace(/\s+/g, "");
  if (!/^([0-9a-f]{2})+$/i.test(digits)) throw failures.cannotEvaluate("Write bytes as pairs of hexadecimal digits.");
  return digits.replace(/../g, "\\x$&");
}

/** The Handles scope: loop variables, then handles in the order of their first binding. */
export function handlesScope(state: MachineState, format: ValueFormat): Children {
  const variables = [...state.loopVariables()];
  const loops = variables.map(([name, value]): ShownValue => ({
    name,
    value: format.number(value),
    type: "loop variable",
    evaluateName: name,
  }));
  const handles = listOf(
    [...state.handles()].length,
    () => state.handles(),
    (handle) => showHandle(state, handle, format),
  );
  return {
    ...(loops.length === 0 ? {} : { named: () => loops }),
    indexed: { count: handles.count, page: (start, count) => pageOf(handles, start, count) },
  };
}
