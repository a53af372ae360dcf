import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el } from "../ui/dom";
import { factList, lineLink, type Fact } from "../ui/parts";
import { hexByte, numberAt, partsByByte, partText, pointerAt, printable, type ByteWindow } from "./readings";

/** What the byte at the cursor is: its value in several readings, its part, its block and where it points to. */
export function cursorFacts(
  context: PanelContext,
  window: ByteWindow,
  cursor: number,
  follow: () => void,
): HTMLElement[] {
  const { strings } = context;
  const offset = cursor - window.start;
  const byte = window.bytes.at(offset);
  if (offset < 0 || byte === undefined || offset >= window.bytes.length) return [];
  const part = partsByByte(window)[offset];
  const facts: Fact[] = [
    { name: strings.bytesAddress, value: el("code", {}, `0x${cursor.toString(16)}`) },
    {
      name: strings.bytesValue,
      value: el("code", {}, `0x${hexByte(byte)} ${byte} ${byte.toString(2).padStart(8, "0")} ${printable(byte)}`),
    },
  ];
  for (const width of [2, 4, 8]) {
    const value = numberAt(window, offset, width);
    if (value !== null) facts.push({ name: format(strings.bytesNumber, width * 8), value: el("code", {}, `${value}`) });
  }
  if (part !== null) {
    facts.push({ name: strings.bytesPart, value: partText(part.kind, strings) });
    const owner = el("span", {}, el("code", {}, part.handle ?? part.block), " ");
    const link = lineLink(context, part.line);
    if (link !== null) owner.append(link);
    facts.push({ name: strings.factBlock, value: owner });
  }
  const target = pointerAt(window, offset, part);
  const isPointer = part?.kind === "next" || part?.kind === "previous";
  const parts = [factList(facts, "facts")];
  if (target !== null && (isPointer || target >= 0x1000)) {
    const label = format(strings.bytesFollow, `0x${target.toString(16)}`);
    parts.push(pushButton({ label, icon: "arrow-right", text: true, id: "followPointer", press: follow }).element);
  }
  return parts;
}
