import { sayCount, say, type Phrase } from "../../language/phrases";
import { isHeap, type Region } from "../state/regions";

/** "1 byte", "40 bytes": the numbers of things that stories and page walks speak of. */
export const byteCount = (count: number): Phrase => sayCount(count, "{0} byte", "{0} bytes");
export const blockCount = (count: number): Phrase => sayCount(count, "{0} block", "{0} blocks");
export const pageCount = (count: number): Phrase => sayCount(count, "{0} page", "{0} pages");
export const frameCount = (count: number): Phrase => sayCount(count, "{0} frame", "{0} frames");
export const cycleCount = (count: number): Phrase => sayCount(count, "{0} cycle", "{0} cycles");

/** "pool `nodes`", "slab cache `inodes`", "heap `main`" */
export function regionPhrase(region: Region): Phrase {
  const { name } = region.options;
  if (isHeap(region)) return say("heap `{0}`", name);
  return region.kind === "slab" ? say("slab cache `{0}`", name) : say("pool `{0}`", name);
}
