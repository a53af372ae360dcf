import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";

export type NumberKind = "free-frame" | "unmapped-page" | "mapped-page" | "mapped-address";

export interface Numbers {
  readonly kind: NumberKind;
  /** In ascending order. */
  readonly values: readonly number[];
}

/** What the operands of statements about pages are chosen from. */
const kinds: Readonly<Partial<Record<string, NumberKind>>> = {
  "map page": "unmapped-page",
  "map pages": "unmapped-page",
  "map frame": "free-frame",
  "unmap pages": "mapped-page",
  "protect pages": "mapped-page",
  "translate address": "mapped-address",
  "load address": "mapped-address",
  "store address": "mapped-address",
  "access address": "mapped-address",
};

/** Frames or pages looked at; behind these nobody chooses by hand. */
const mostScanned = 65_536;

/** The lowest numbers that an operand of a verb may sensibly be, for the current process; null where any number may be. */
export function numbersFor(vm: VirtualMemoryReader, verb: string, operand: string, most: number): Numbers | null {
  const kind = kinds[`${verb} ${operand}`];
  if (kind === undefined) return null;
  switch (kind) {
    case "free-frame":
      return { kind, values: lowest(vm.options.frames, most, (frame) => !vm.pager.frames.isUsed(frame)) };
    case "unmapped-page":
      return { kind, values: lowest(vm.options.pages, most, (page) => vm.entry(page) === undefined) };
    case "mapped-page":
      return { kind, values: mappedPages(vm, most) };
    case "mapped-address":
      return { kind, values: mappedPages(vm, most).map((page) => page * vm.options.pageSize) };
  }
}

function mappedPages(vm: VirtualMemoryReader, most: number): number[] {
  const pages: number[] = [];
  for (const { vpn } of vm.entries()) {
    if (pages.length === most) break;
    pages.push(vpn);
  }
  return pages;
}

function lowest(count: number, most: number, accepts: (index: number) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < Math.min(count, mostScanned) && found.length < most; index += 1) {
    if (accepts(index)) found.push(index);
  }
  return found;
}
