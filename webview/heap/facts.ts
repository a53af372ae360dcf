import type { BlockSegment, HeapView, Segment } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { bytes, count } from "../ui/numbers";
import { changeText, factList, lineLink, type Fact } from "../ui/parts";

/** The facts of one segment, as a list of names and values. */
export function segmentFacts(context: PanelContext, heap: HeapView, segment: Segment): HTMLElement {
  const { strings } = context;
  if (segment.kind === "group") return el("p", {}, segmentSentence(strings, heap, segment));
  const facts: Fact[] = [
    { name: strings.factBlock, value: el("code", {}, segment.address) },
    { name: strings.factSize, value: bytes(segment.size, strings) },
    { name: strings.factState, value: stateText(strings, segment) },
  ];
  if (segment.header > 0) {
    facts.push({ name: strings.factHeader, value: el("code", {}, `${segment.address}..${segment.payload}`) });
  }
  facts.push({ name: strings.factPayload, value: el("code", {}, segment.payload) });
  if (segment.state === "used") {
    const room = segment.size - segment.header - segment.footer;
    facts.push({
      name: strings.factRequested,
      value: format(strings.requestedOf, count(segment.requested), count(room)),
    });
    const owner = el("span", {}, el("code", {}, segment.handle ?? strings.noOwner), " ");
    const link = lineLink(context, segment.line);
    if (link !== null) owner.append(link);
    facts.push({ name: strings.factOwner, value: owner });
  } else if (segment.listPlace !== null) {
    facts.push({ name: strings.factList, value: placeText(strings, heap, segment.listPlace) });
  }
  if (segment.changed !== null) facts.push({ name: strings.factChange, value: changeText(segment.changed, strings) });
  return factList(facts, "facts");
}

export function stateText(strings: InspectorStrings, block: BlockSegment): string {
  if (block.leaked) return strings.stateLeaked;
  return block.state === "used" ? strings.stateUsed : strings.stateFree;
}

function placeText(strings: InspectorStrings, heap: HeapView, place: number): string {
  return format(strings.placeInList, count(place), count(heap.freeListTotal));
}

/** The same facts in one sentence, for a screen reader. */
export function segmentSentence(strings: InspectorStrings, heap: HeapView, segment: Segment): string {
  if (segment.kind === "group") {
    const { usedBlocks, freeBlocks, address, size } = segment;
    const content = format(strings.groupFact, count(usedBlocks + freeBlocks), count(usedBlocks), count(freeBlocks));
    return `${address}, ${bytes(size, strings)}, ${content}`;
  }
  const parts = [segment.handle, segment.address, stateText(strings, segment), bytes(segment.size, strings)];
  if (segment.line !== null) parts.push(format(strings.line, segment.line + 1));
  if (segment.listPlace !== null) parts.push(`${strings.factList} ${placeText(strings, heap, segment.listPlace)}`);
  if (segment.changed !== null) parts.push(changeText(segment.changed, strings));
  return parts.filter((part) => part !== null).join(", ");
}
