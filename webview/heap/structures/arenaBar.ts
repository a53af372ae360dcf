import type { HeapView, StructureView } from "../../../src/inspector/model";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { svg } from "../../ui/dom";
import { bytes } from "../../ui/numbers";
import { pictureItem, type Drawing, type PictureItem } from "../../ui/Picture";
import { segmentSentence } from "../segmentFacts";
import type { Scale } from "../../../src/inspector/drawing/heapScale";

type Arena = Extract<StructureView, { kind: "arena" }>;

const top = 22;
const boxHeight = 28;

/** An arena in the scale of the map above: live and dead blocks up to the pointer, and the room that it moves into. */
export function drawArena(context: PanelContext, heap: HeapView, { pointer }: Arena, scale: Scale): Drawing {
  const { strings } = context;
  const next = Number(pointer) - Number(heap.base);
  const items: PictureItem[] = [];
  for (const segment of heap.segments) {
    const end = segment.offset + segment.size;
    if (segment.offset >= next || end <= scale.window.from || segment.offset >= scale.window.to) continue;
    const left = Math.max(0, scale.x(segment.offset));
    const width = Math.max(1, Math.min(scale.width, scale.x(end)) - left);
    const isLive = segment.kind === "group" ? segment.usedBlocks > 0 : segment.state !== "free";
    const text = segment.kind === "block" ? (segment.handle ?? (isLive ? "" : strings.stateDead)) : "";
    items.push(
      pictureItem(
        {
          id: segment.address,
          x: left + width / 2,
          y: top + boxHeight / 2,
          label: isLive
            ? segmentSentence(strings, heap, segment)
            : format(strings.arenaDead, segment.address, bytes(segment.size, strings)),
          look: isLive ? "used-box" : "dead-box",
          choose: () => context.select({ kind: "block", address: segment.address, line: null }),
        },
        svg("rect", { x: left + 0.5, y: top, width: Math.max(1, width - 1), height: boxHeight }),
        ...(isLive
          ? []
          : [svg("path", { class: "strike", d: `M${left + 1} ${top + boxHeight}L${left + width - 1} ${top}` })]),
        ...(width < 8 * text.length + 8 ? [] : [svg("text", { class: "box-title", x: left + 5, y: top + 18 }, text)]),
      ),
    );
  }
  const x = Math.max(0, Math.min(scale.width, scale.x(next)));
  const isRight = x > scale.width / 2;
  const still = [
    svg("rect", { class: "bin", x: 0.5, y: top, width: Math.max(1, scale.width - 1), height: boxHeight }),
    svg("path", { class: "pointer-line", d: `M${x} ${top - 4}V${top + boxHeight + 6}` }),
    svg("path", { class: "pointer-tip", d: `M${x} ${top}l-4 -7h8z` }),
    svg(
      "text",
      { class: "caption", x: isRight ? x - 8 : x + 8, y: 12, "text-anchor": isRight ? "end" : "start" },
      format(strings.arenaNext, pointer),
    ),
  ];
  return { height: top + boxHeight + 8, still, items };
}
