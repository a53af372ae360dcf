import type { BlockSegment, HeapView, StructureView } from "../../../src/inspector/model";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { svg } from "../../ui/dom";
import { size } from "../../ui/numbers";
import { pictureItem, type Drawing, type PictureItem } from "../../ui/Picture";
import { segmentSentence } from "../segmentFacts";
import { segmentAt, type Scale } from "../../../src/inspector/drawing/heapScale";

type Buddy = Extract<StructureView, { kind: "buddy" }>;

/** A node of the tree: a block, halves, or halves too narrow to draw. */
interface Node {
  readonly offset: number;
  readonly size: number;
  readonly block: BlockSegment | null;
  readonly isFolded: boolean;
}

const rowHeight = 36;
const boxHeight = 20;
const captionHeight = 14;
/** Pixels; what is narrower is not taken apart. */
const narrowest = 4;

/** The least and the most of numbers; Infinity and -Infinity of none. */
const rangeOf = (numbers: readonly number[]): [least: number, most: number] => [
  numbers.reduce((least, number) => Math.min(least, number), Infinity),
  numbers.reduce((most, number) => Math.max(most, number), -Infinity),
];

/**
 * The forest that the heap is cut from, in the scale of the map above: a level for each power of two, halves below what
 * they are halves of. Levels on which one node is wider than the picture are told in a line.
 */
export function drawBuddyTree(context: PanelContext, heap: HeapView, structure: Buddy, scale: Scale): Drawing {
  const { strings } = context;
  const nodes = nodesOf(heap, structure, scale);
  const largest = structure.roots.reduce((most, root) => Math.max(most, root.size), structure.smallest);
  const levelOf = (node: { readonly size: number }): number => Math.round(Math.log2(largest / node.size));
  const isWider = ({ offset, size: whole, block }: Node): boolean =>
    block === null &&
    whole > scale.window.to - scale.window.from &&
    offset <= scale.window.from &&
    offset + whole >= scale.window.to;
  const drawn = nodes.filter((node) => !isWider(node));
  const [first, last] = rangeOf(drawn.map(levelOf));
  const above = nodes.filter(isWider).map((node) => node.size);
  const top = above.length === 0 ? 0 : 18;
  const upper = (level: number): number => top + (level - first) * rowHeight + captionHeight;
  const still: SVGElement[] = [];
  if (above.length > 0) {
    const [least, most] = rangeOf(above);
    const text = format(strings.buddyAbove, size(most), size(least));
    still.push(svg("text", { class: "caption", x: 0, y: 12 }, text));
  }
  const captions: SVGElement[] = [];
  for (let level = first; level <= last; level++) {
    const y = upper(level) + boxHeight / 2;
    still.push(svg("path", { class: "level-line", d: `M0 ${y}H${scale.width}` }));
    captions.push(svg("text", { class: "caption", x: 2, y: upper(level) - 3 }, size(largest / 2 ** level)));
  }
  const items: PictureItem[] = [];
  for (const node of drawn) {
    const y = upper(levelOf(node));
    const left = Math.max(0, scale.x(node.offset));
    const width = Math.max(1, Math.min(scale.width, scale.x(node.offset + node.size)) - left);
    const box = { x: left + 0.5, y, width: Math.max(1, width - 1), height: boxHeight };
    const { block } = node;
    if (block === null) {
      still.push(svg("rect", { class: node.isFolded ? "split-box folded" : "split-box", ...box }));
      if (!node.isFolded)
        for (const fork of forks(node, scale, y + boxHeight, upper(levelOf(node) + 1))) still.push(fork);
      continue;
    }
    const text = block.handle ?? (block.state === "free" ? strings.stateFree : "");
    items.push(
      pictureItem(
        {
          id: block.address,
          x: left + width / 2,
          y: y + boxHeight / 2,
          label: segmentSentence(strings, heap, block),
          look: `${block.state === "free" ? "free-box" : "used-box"}${block.changed === null ? "" : " changed"}`,
          choose: () => context.select({ kind: "block", address: block.address, line: block.line }),
        },
        svg("rect", box),
        ...(width < 8 * text.length + 8 ? [] : [svg("text", { class: "box-title", x: left + 5, y: y + 14 }, text)]),
      ),
    );
  }
  return { height: drawn.length === 0 ? top : upper(last) + boxHeight + 6, still: [...still, ...captions], items };
}

/** Lines from the middle of a node to the middles of its halves, as far as they are in the picture. */
function forks({ offset, size: whole }: Node, scale: Scale, from: number, to: number): SVGElement[] {
  const middle = scale.visibleMiddle(offset, whole);
  return [offset, offset + whole / 2].flatMap((half) => {
    const x = scale.visibleMiddle(half, whole / 2);
    if (middle === null || x === null) return [];
    return [svg("path", { class: "fork", d: `M${middle} ${from}L${x} ${to}` })];
  });
}

/** The visible nodes, each before its halves. */
function nodesOf(heap: HeapView, { roots, smallest }: Buddy, scale: Scale): Node[] {
  const { segments } = heap;
  const { from, to } = scale.window;
  const nodes: Node[] = [];
  const visit = (offset: number, whole: number): void => {
    if (offset >= to || offset + whole <= from) return;
    const segment = segments.at(segmentAt(segments, offset));
    const covers = segment !== undefined && segment.offset <= offset && segment.offset + segment.size >= offset + whole;
    const block = covers && segment.kind === "block" ? segment : null;
    const isFolded = block === null && (covers || whole <= smallest || scale.pixels(whole) < narrowest);
    nodes.push({ offset, size: whole, block, isFolded });
    if (block !== null || isFolded) return;
    visit(offset, whole / 2);
    visit(offset + whole / 2, whole / 2);
  };
  for (const root of roots) visit(Number(root.address) - Number(heap.base), root.size);
  return nodes;
}
