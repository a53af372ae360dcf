import { fittedWindow } from "../fittedWindow";
import type { BlockSegment, GroupSegment, HeapView, Segment } from "../model";
import { toHex } from "../../engine/address";
import { format } from "../strings";
import { markup, type Markup } from "./markup";
import type { ReportTexts } from "./numbers";

/** Units of the drawing, which are pixels where the page is wide enough. */
const width = 1000;
const strip = 64;
const height = 92;
/** Width of one character of a label. */
const character = 7.4;
const least = 0.6;

/** A heap to scale from its start to a little beyond its last used block. */
export function heapPicture(heap: HeapView, id: string, texts: ReportTexts): Markup {
  const { strings, count, bytes } = texts;
  const base = Number(heap.base);
  const { to } = fittedWindow(heap);
  const perByte = width / to;
  const drawn = heap.segments.filter(({ offset }) => offset < to);
  const parts = drawn.map((segment) => segmentPicture(segment, heap, perByte, id, texts));
  const { usedBlocks, freeBlocks } = heap.stats;
  const title = format(
    strings.reportHeapPicture,
    heap.name,
    heap.base,
    toHex(base + to),
    count(usedBlocks),
    count(freeBlocks),
  );
  const notes = [
    ...(drawn.some(({ kind }) => kind === "group") ? [strings.reportGroups] : []),
    ...(to < heap.size ? [format(strings.reportRestFree, toHex(base + to), bytes(heap.size - to))] : []),
  ];
  return markup`<figure>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title">
      <title id="${id}-title">${title}</title>
      ${patterns(id)}${parts}
      <rect class="frame" x="0.5" y="0.5" width="${width - 1}" height="${strip - 1}" />
      ${ruler(base, to)}
    </svg>
    ${legend(heap, id, texts)}${notes.map((note) => markup`<p class="note">${note}</p> `)}
  </figure> `;
}

function segmentPicture(segment: Segment, heap: HeapView, perByte: number, id: string, texts: ReportTexts): Markup {
  const left = segment.offset * perByte;
  const wide = Math.max(least, Math.min(width - left, segment.size * perByte));
  if (segment.kind === "group") return groupPicture(segment, left, wide, texts);
  const { state, leaked, zones } = segment;
  const className = leaked ? "leaked" : state;
  const fill = leaked ? "cross" : state === "free" ? "dots" : state === "quarantined" ? "stripes" : null;
  const inside = left + segment.header * perByte;
  const asked = inside + (zones?.before ?? 0) * perByte;
  const end = asked + segment.requested * perByte;
  const padding = zones === null ? left + wide - end : 0;
  return markup`<g class="${className}"><title>${blockSentence(segment, texts)}</title>
    ${box("body", left, wide)}${fill === null ? null : patterned(id, fill, left, wide)}${box("header", left, Math.min(wide, inside - left))}${
      state === "free" ? null : padding > 1 ? patterned(id, "hatch", end, padding) : null
    }${zones === null ? null : [patterned(id, "zone", inside, asked - inside), patterned(id, "zone", end, zones.after * perByte)]}${
      wide > 3 ? markup`<path class="edge" d="M${(left + wide).toFixed(1)} 0V${strip}" />` : null
    }${label(segment, heap, inside, left + wide, texts)}</g> `;
}

/** The bar's height is the share in use. */
function groupPicture(group: GroupSegment, left: number, wide: number, { strings, count }: ReportTexts): Markup {
  const tall = (strip * group.usedBytes) / group.size;
  const { usedBlocks, freeBlocks, quarantinedBlocks } = group;
  const total = usedBlocks + freeBlocks + quarantinedBlocks;
  const title = format(strings.reportGroup, count(total), count(usedBlocks), count(freeBlocks));
  const className = group.leakedBlocks > 0 ? "leaked" : "used";
  return markup`<g class="${className}"><title>${title}</title>
    <rect class="header" x="${left.toFixed(1)}" y="${(strip - tall).toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}" /></g> `;
}

function box(className: string, left: number, wide: number): Markup | null {
  if (wide <= 0) return null;
  return markup`<rect class="${className}" x="${left.toFixed(1)}" y="0" width="${wide.toFixed(1)}" height="${strip}" />`;
}

function patterned(id: string, name: string, left: number, wide: number): Markup | null {
  if (wide <= 0) return null;
  return markup`<rect
    fill="url(#${id}-${name})"
    x="${left.toFixed(1)}"
    y="0"
    width="${wide.toFixed(1)}"
    height="${strip}"
  />`;
}

/** Name, or place in the free list, above the size, where they fit. */
function label(block: BlockSegment, heap: HeapView, from: number, to: number, { count }: ReportTexts): Markup[] {
  const place = block.listPlace === null || heap.freeList.length === 0 ? "" : `#${block.listPlace}`;
  const name = block.state === "free" ? place : (block.handle ?? "");
  const room = Math.min(width, to) - from - 8;
  return [
    { text: name, y: 26, className: "name" },
    { text: count(block.size), y: 46, className: "size" },
  ]
    .filter(({ text }) => text !== "" && text.length * character <= room)
    .map(
      ({ text, y, className }) =>
        markup`<text class="${className}" x="${(from + 5).toFixed(1)}" y="${y}">${text}</text>`,
    );
}

/** `a: 136 bytes at 0x10000, used, line 2`. */
function blockSentence(block: BlockSegment, { strings, bytes }: ReportTexts): string {
  const where = `${bytes(block.size)}, ${block.address}`;
  const state = blockState(block, strings);
  const line = block.line === null ? "" : `, ${format(strings.line, block.line + 1)}`;
  return `${block.handle === null ? "" : `${block.handle}: `}${where}, ${state}${line}`;
}

export function blockState(block: BlockSegment, strings: ReportTexts["strings"]): string {
  if (block.leaked) return strings.stateLeaked;
  const { stateUsed, stateFree, stateQuarantined } = strings;
  return { used: stateUsed, free: stateFree, quarantined: stateQuarantined }[block.state];
}

function ruler(base: number, to: number): Markup[] {
  const marks = 8;
  return Array.from({ length: marks }, (_, at) => {
    const x = (at * width) / marks;
    return markup`<path class="tick" d="M${x} ${strip}v6" /><text class="ruler" x="${x + 3}" y="${strip + 18}">${toHex(base + Math.round((to * at) / marks))}</text> `;
  });
}

function patterns(id: string): Markup {
  return markup`<defs>
    <pattern id="${id}-dots" width="8" height="8" patternUnits="userSpaceOnUse"><circle class="mark-free" cx="4" cy="4" r="1" /></pattern>
    <pattern id="${id}-stripes" width="6" height="6" patternUnits="userSpaceOnUse"><path class="line-free" d="M0 3H6" /></pattern>
    <pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ground" width="6" height="6" /><path class="line-used" d="M-1 1L1 -1M0 6L6 0M5 7L7 5" /></pattern>
    <pattern id="${id}-zone" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ground" width="6" height="6" /><path class="line-zone" d="M-1 5L1 7M0 0L6 6M5 -1L7 1" /></pattern>
    <pattern id="${id}-cross" width="8" height="8" patternUnits="userSpaceOnUse"><path class="line-leaked" d="M0 0L8 8M8 0L0 8" /></pattern>
  </defs> `;
}

function legend(heap: HeapView, id: string, { strings }: ReportTexts): Markup {
  const entry = (className: string, fill: string | null, text: string): Markup =>
    markup`<li>
      <svg class="key" viewBox="0 0 18 14" aria-hidden="true">
        <g class="${className}">
          <rect class="${fill === "solid" ? "header" : "body"}" width="18" height="14" />
          ${fill === null || fill === "solid" ? null : markup`<rect fill="url(#${id}-${fill})" width="18" height="14" />`}
        </g></svg>${text}
    </li>`;
  return markup`<ul class="legend">
    ${entry("used", null, strings.legendUsed)}${entry("used", "solid", strings.legendHeader)}${entry("used", "hatch", strings.legendPadding)}${entry("free", "dots", strings.legendFree)}${entry("leaked", "cross", strings.legendLeaked)}${
      heap.hasRedZones ? entry("used", "zone", strings.legendRedZone) : null
    }${heap.hasQuarantine ? entry("quarantined", "stripes", strings.legendQuarantined) : null}
  </ul> `;
}
