import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { InvertedTable } from "../../engine/vm/InvertedTable";
import { setBits } from "../../engine/vm/entryBits";
import { indicesOf } from "../../engine/vm/tableFormats";
import type { WalkStep } from "./steps";

/** Every table on the way to a page, from the root to the entry that maps it or that leads nowhere. */
export function entrySteps(vm: VirtualMemoryReader, space: AddressSpace, page: number, id: number): WalkStep[] {
  const { options, tables, pager } = vm;
  const { format } = options;
  const { tree } = space;
  if (tables.areByHand) return walkedSteps(vm, space, page);
  const indices = indicesOf(format, page);
  const leaf = tables.leafLevel(id < 0 ? 0 : pager.mappings.order[id]);
  const steps: WalkStep[] = [];
  for (let level = 0; level <= leaf; level++) {
    const below = level < leaf ? tree.node(level + 1, page) : undefined;
    const address = tables.entryAddress(space, page, level);
    const isValid = id >= 0 && format.isValid(pager.mappings.flags[id]);
    const frame = level === leaf && isValid ? pager.mappings.frame[id] : -1;
    const word = entryWord(vm, space, page, level);
    const to = below?.frame ?? (frame < 0 ? null : frame);
    steps.push({
      kind: "entry",
      table: format.levelNames[level],
      frame: tree.node(level, page)?.frame ?? null,
      address: address < 0 ? null : address,
      index: indices[level],
      word: hexWord(word, format.entryBytes),
      bits: setBits(format.bits, word),
      leads: below !== undefined ? "table" : to === null ? "nowhere" : "page",
      to,
    });
    if (to === null) break;
  }
  return steps;
}

/** The same from the bytes of memory, where entries were written by hand. */
function walkedSteps({ options, tables }: VirtualMemoryReader, space: AddressSpace, page: number): WalkStep[] {
  const { format } = options;
  const { entries, end } = tables.walk(space, page);
  const isPage = end.kind === "page";
  return entries.map(({ level, table, address, index, word, to }, at) => ({
    kind: "entry",
    table: format.levelNames[level],
    frame: table,
    address,
    index,
    word: hexWord(word, format.entryBytes),
    bits: setBits(format.bits, word),
    leads: to < 0 ? "nowhere" : isPage && at === entries.length - 1 ? "page" : "table",
    to: to < 0 ? null : to,
  }));
}

/** The bucket of an inverted table and what its chain holds up to the page. */
export function probeStep(
  { spaces }: VirtualMemoryReader,
  space: AddressSpace,
  table: InvertedTable,
  page: number,
): WalkStep {
  const probes = table.probes(space.id, page).map(({ frame, space: owner, vpn }) => ({
    frame,
    owner: spaces.find(({ id }) => id === owner)?.name ?? "",
    vpn,
    found: owner === space.id && vpn === page,
  }));
  return { kind: "bucket", bucket: table.bucketOf(space.id, page), probes };
}

/** The word of a page's entry in the table of its process. */
export function pageWord(vm: VirtualMemoryReader, vpn: number, space: AddressSpace): string {
  const id = space.mappingOf(vpn);
  const { format } = vm.options;
  return hexWord(id < 0 ? format.invalidWord : vm.tables.wordOf(id), format.entryBytes);
}

/** The word of the entry at a level on the way to a page, as it is in memory; where tables have no bytes, as it would be. */
export function entryWord(vm: VirtualMemoryReader, space: AddressSpace, page: number, level: number): bigint {
  const { options, tables, pager } = vm;
  const { format } = options;
  const address = tables.entryAddress(space, page, level);
  if (address >= 0 && options.bytes) return wordAt(vm, address);
  const id = space.mappingOf(page);
  const leaf = tables.leafLevel(id < 0 ? 0 : pager.mappings.order[id]);
  const below = level < leaf ? space.tree.node(level + 1, page) : undefined;
  if (below !== undefined) return format.tableWord(below.frame, below.accessed);
  return level === leaf && id >= 0 ? tables.wordOf(id) : format.invalidWord;
}

function wordAt(vm: VirtualMemoryReader, address: number): bigint {
  const bytes = vm.physical.read(address, vm.options.format.entryBytes);
  return bytes.reduceRight((word, byte) => (word << 8n) | BigInt(byte), 0n);
}

function hexWord(word: bigint, bytes: number): string {
  return `0x${word.toString(16).padStart(2 * bytes, "0")}`;
}
