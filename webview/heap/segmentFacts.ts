import type { BlockSegment, HeapView, HeapSegment } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { bytes, count } from "../ui/numbers";
import { changeText, factList, lineLink, type Fact } from "../ui/parts";

/** The facts of one segment, as a list of names and values. */
export function segmentFacts(context: PanelContext, heap: HeapView, segment: HeapSegment): HTMLElement {
  const { strings } = context;
  if (segment.kind === "group") return el("p", {}, segmentSentence(strings, heap, segment));
  const facts: Fact[] = [
    { name: strings.factBlock, value: el("code", {}, segment.address) },
    { name: strings.factSize, value: bytes(segment.size, strings) },
    { name: strings.factState, value: stateText(strings, segment) },
  ];
  if (segment.header > 0) {
    const end = `0x${(Number.parseInt(segment.address, 16) + segment.header).toString(16)}`;
    facts.push({ name: strings.factHeader, value: el("code", {}, `${segment.address}..${end}`) });
  }
  facts.push({ name: strings.factPayload, value: el("code", {}, segment.payload) });
  if (segment.zones !== null) {
    const { before, after } = segment.zones;
    facts.push({ name: strings.factRedZones, value: format(strings.zonesOf, count(before), count(after)) });
  }
  if (segment.state !== "free") {
    const room = segment.zones === null ? segment.size - segment.header - segment.footer : segment.requested;
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
  switch (block.state) {
    case "used":
      return strings.stateUsed;
    case "free":
      return strings.stateFree;
    case "quarantined":
      return strings.stateQuarantined;
  }
}

function placeText(strings: InspectorStrings, heap: HeapView, place: number): string {
  return format(strings.placeInList, count(place), count(heap.freeListTotal));
}

/** The same facts in one sentence, for a screen reader. */
export function segmentSentence(strings: InspectorStrings, heap: HeapView, segment: HeapSegment): string {
  if (segment.kind === "group") {
    const { usedBlocks, freeBlocks, quarantinedBlocks, address, size } = segment;
    const all = usedBlocks + freeBlocks + quarantinedBlocks;
    const pattern = quarantinedBlocks === 0 ? strings.groupFact : strings.groupFactQuarantined;
    const content = format(pattern, count(all), count(usedBlocks), count(freeBlocks), count(quarantinedBlocks));
    return `${address}, ${bytes(size, strings)}, ${content}`;
  }
  const parts = [segment.handle, segment.address, stateText(strings, segment), bytes(segment.size, strings)];
  if (segment.line !== null) parts.push(format(strings.line, segment.line + 1));
  if (segment.listPlace !== null) parts.push(`${strings.factList} ${placeText(strings, heap, segment.listPlace)}`);
  if (segment.changed !== null) parts.push(changeText(segment.changed, strings));
  return parts.filter((part) => part !== null).join(", ");
}
