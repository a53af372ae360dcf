import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { SegmentTable } from "../../engine/vm/segments";
import { bitsFor } from "../../engine/vm/tableFormats";
import type { AddressField, WalkStep } from "./steps";

/** The number in binary, in so many digits. */
function digits(value: number, count: number): string {
  return count === 0 ? "" : value.toString(2).padStart(count, "0");
}

/** Cuts an address into fields of so many bits, the highest first; what is left above them stays in the first. */
function cut(address: number, fields: readonly { readonly name: string; readonly count: number }[]): AddressField[] {
  const parts: AddressField[] = [];
  let rest = address;
  for (const [at, { name, count }] of [...fields.entries()].reverse()) {
    const value = at === 0 ? rest : rest % 2 ** count;
    rest = Math.floor(rest / 2 ** count);
    if (count > 0) parts.unshift({ name, value, bits: digits(value, count) });
  }
  return parts;
}

/** Segment number and offset. */
export function splitBySegments({ part, space }: SegmentTable, address: number): WalkStep {
  const isExact = Number.isInteger(Math.log2(part));
  if (!isExact) {
    const fields = [
      { name: "segment", bits: null, value: Math.floor(address / part) },
      { name: "offset", bits: null, value: address % part },
    ];
    return { kind: "split", address, fields };
  }
  const fields = [
    { name: "segment", count: bitsFor(space / part) },
    { name: "offset", count: Math.log2(part) },
  ];
  return { kind: "split", address, fields: cut(address, fields) };
}

/** The index into each table and the offset; for a huge page the offset takes the bits of the tables left out. */
export function splitByPages(vm: VirtualMemoryReader, order: number, linear: number): WalkStep {
  const { pageSize, pages, format } = vm.options;
  const page = Math.floor(linear / pageSize);
  if (2 ** format.offsetBits !== pageSize) {
    const fields = [
      { name: "page", bits: null, value: page },
      { name: "offset", bits: null, value: linear % pageSize },
    ];
    return { kind: "split", address: linear, fields };
  }
  const { offsetBits: count } = format;
  if (page >= pages || format.indexBits.length === 1) {
    const fields = [
      { name: "page", count: bitsFor(pages) },
      { name: "offset", count },
    ];
    return { kind: "split", address: linear, fields: cut(linear, fields) };
  }
  const levels = vm.tables.leafLevel(order) + 1;
  const fields = format.indexBits.slice(0, levels).map((bits, at) => ({ name: format.levelNames[at], count: bits }));
  return { kind: "split", address: linear, fields: cut(linear, [...fields, { name: "offset", count: count + order }]) };
}
