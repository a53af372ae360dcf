import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import type { HeapNode, PoolNode } from "./regionNodes";
import type { AreaNode, ProcessNode } from "./vmNodes";

/** What a heap, a pool or a process holds, in one line for people. */
export function contentsOf(node: HeapNode | PoolNode | ProcessNode, words: Words): string {
  const blocks = (count: number): string => words.count(count, "{0} block", "{0} blocks");
  switch (node.kind) {
    case "heap": {
      const { currentUsed, freeBytes, freeBlocks, largestFree } = node.region.stats();
      const [used, free, largest] = [currentUsed, freeBytes, largestFree].map((length) => words.bytes(length));
      return words.say("{0} used, {1} free in {2}, largest free block {3}", used, free, blocks(freeBlocks), largest);
    }
    case "pool": {
      const { usedBlocks, freeBlocks, blockSize } = node.region.stats();
      const [all, size] = [blocks(usedBlocks + freeBlocks), words.bytes(blockSize)];
      const used = words.say("{0} of {1} of {2} used", usedBlocks, all, size);
      if (node.region.kind === "pool") return used;
      const { slabs, objectsPerSlab } = node.region.stats();
      return words.say("{0}, in slabs of {2} objects: {1}", used, slabs, objectsPerSlab);
    }
    case "process": {
      const { mapped, resident } = node.space;
      const pages = words.count(mapped, "{0} page", "{0} pages");
      return words.say("{0} mapped, {1}", pages, words.count(resident, "{0} frame", "{0} frames"));
    }
  }
}

/** What it is and where it lies, in Markdown; then what it holds. */
export function headlineOf(node: HeapNode | PoolNode | ProcessNode | AreaNode, words: Words): string {
  const { name } = node;
  const range = (from: number, to: number): string => `\`${toHex(from)}..${toHex(to)}\``;
  if (node.kind === "area") {
    const { from, to, flags, guard } = node.facts;
    const { pageSize } = node.vm.options;
    const permits = guard ? words.say("a guard") : `\`${flags}\``;
    return words.say(
      "Region `{0}` of `{1}`: {2}, {3}",
      name,
      node.space.name,
      range(from * pageSize, to * pageSize),
      permits,
    );
  }
  const contents = contentsOf(node, words);
  if (node.kind === "process") {
    return node.runs
      ? words.say("Process `{0}` (running): {1}", name, contents)
      : words.say("Process `{0}`: {1}", name, contents);
  }
  const place = range(node.region.base, node.region.end);
  if (node.kind === "heap") return words.say("Heap `{0}`: {1}, {2}", name, place, contents);
  return node.facts.kind === "slab"
    ? words.say("Slab cache `{0}`: {1}, {2}", name, place, contents)
    : words.say("Pool `{0}`: {1}, {2}", name, place, contents);
}
