import type { HeapView } from "../../src/inspector/model";
import { setAttributes, setText, svg } from "../ui/dom";
import { linkRoom, mapHeight } from "./mapMedium";
import type { Scale } from "../../src/inspector/drawing/heapScale";

/** More arrows than this are a smear: the first ones of the list are drawn, the table has all. */
const arrowBudget = 120;

/**
 * The free list as arrows from block to block in list order, over the map. All arrows of a look are one path: a hundred
 * elements that change in every frame cost the browser more than the drawing itself.
 */
export class FreeListArrows {
  private readonly forward = svg("path", { class: "link-path" });
  private readonly backward = svg("path", { class: "link-path backward" });
  private readonly tips = svg("path", { class: "link-tip" });
  private readonly head = svg("circle", { class: "link-head", r: 4, cy: linkRoom });
  private readonly headLabel = svg("text", { class: "link-label", y: linkRoom - 8, "text-anchor": "middle" });
  readonly element = svg(
    "svg",
    { class: "links", "aria-hidden": "true" },
    this.forward,
    this.backward,
    this.tips,
    this.head,
    this.headLabel,
  );

  constructor(headText: string) {
    setText(this.headLabel, headText);
  }

  draw({ freeList }: HeapView, scale: Scale): void {
    const { window, width } = scale;
    let forward = "";
    let backward = "";
    let tips = "";
    const drawn: string[] = [];
    for (let at = 0; at + 1 < freeList.length && drawn.length < arrowBudget; at++) {
      const from = freeList[at];
      const to = freeList[at + 1];
      const start = scale.visibleMiddle(from.offset, from.size);
      const end = scale.visibleMiddle(to.offset, to.size);
      if (start === null && end === null) continue;
      // A block outside the window is where its edge of the window is.
      const edge = (offset: number): number => (offset < window.from ? 0 : width);
      const arrow = arrowBetween(start ?? edge(from.offset), end ?? edge(to.offset));
      if (arrow.isForward) forward += arrow.path;
      else backward += arrow.path;
      if (end !== null) tips += arrow.tip;
      drawn.push(`${from.address}>${to.address}`);
    }
    setAttributes(this.element, {
      width,
      height: mapHeight,
      viewBox: `0 0 ${width} ${mapHeight}`,
      "data-arrows": drawn.join(" "),
    });
    setAttributes(this.forward, { d: forward });
    setAttributes(this.backward, { d: backward });
    setAttributes(this.tips, { d: tips });
    const head = freeList.at(0);
    const headAt = head === undefined ? null : scale.visibleMiddle(head.offset, head.size);
    const visibility = headAt === null ? "hidden" : null;
    setAttributes(this.head, { visibility, cx: headAt, "data-head": head?.address });
    setAttributes(this.headLabel, {
      visibility,
      x: headAt === null ? null : Math.max(14, Math.min(width - 14, headAt)),
    });
  }
}

/** Every link leaves right of its block's middle and arrives left of it, so that two links of one block stay apart. */
function arrowBetween(
  start: number,
  end: number,
): { readonly isForward: boolean; readonly path: string; readonly tip: string } {
  const isForward = end >= start;
  const x1 = start + 6;
  const x2 = end - 6;
  const distance = Math.abs(x2 - x1);
  const height = Math.min(linkRoom - 8, 16 + distance * 0.12);
  const top = linkRoom - height * 1.3;
  const bend = Math.min(distance * 0.2, 30) * (isForward ? 1 : -1);
  const base = linkRoom - 1;
  // The tip lies along the curve's end, which comes from (x2 - bend, top).
  const angle = Math.atan2(base - 4 - top, bend);
  const wing = (turn: number): string =>
    `${round(x2 - 10 * Math.cos(angle + turn))} ${round(base - 10 * Math.sin(angle + turn))}`;
  return {
    isForward,
    path: `M${round(x1)} ${base}C${round(x1 + bend)} ${round(top)} ${round(x2 - bend)} ${round(top)} ${round(x2)} ${base - 4}`,
    tip: `M${round(x2)} ${base}L${wing(0.42)}L${wing(-0.42)}Z`,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
