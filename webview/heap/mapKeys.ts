import type { HeapView, HeapSegment } from "../../src/inspector/model";

/** The segment that a key leads to from the one selected; null where there is none, undefined for other keys. */
export function segmentByKey(
  key: string,
  { segments, freeList }: HeapView,
  now: HeapSegment | null,
): HeapSegment | null | undefined {
  const at = now === null ? -1 : segments.indexOf(now);
  // Along the free list, and to its head from a used block.
  const place = now?.kind === "block" ? now.listPlace : null;
  const listed = (direction: 1 | -1): HeapSegment | null => {
    const address = freeList.at(place === null ? 0 : Math.max(0, place - 1 + direction))?.address;
    return segments.find((segment) => segment.address === address) ?? null;
  };
  switch (key) {
    case "ArrowRight":
      return segments.at(Math.min(at + 1, segments.length - 1)) ?? null;
    case "ArrowLeft":
      return segments.at(Math.max(at - 1, 0)) ?? null;
    case "Home":
      return segments.at(0) ?? null;
    case "End":
      return segments.at(-1) ?? null;
    case "PageDown":
      return listed(1);
    case "PageUp":
      return listed(-1);
    default:
      return undefined;
  }
}
