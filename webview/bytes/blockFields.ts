import type { BytePart } from "../../src/inspector/byteParts";
import type { InspectorStrings } from "../../src/inspector/strings";
import { el } from "../ui/dom";
import { bytes } from "../ui/numbers";
import { numberAt, partsByByte, partText, type ByteWindow } from "./readings";

/** What a part of a block holds: numbers of fields, addresses of links, the length of everything else. */
function valueOf(window: ByteWindow, { kind, from, to }: BytePart, strings: InspectorStrings): string {
  const value = numberAt(window, from, Math.min(8, to - from));
  const isField = kind === "size" || kind === "flags" || kind === "word" || kind === "next" || kind === "previous";
  if (!isField || value === null) return bytes(to - from, strings);
  return kind === "size" ? String(value) : `0x${value.toString(16)}`;
}

/** The parts of the block at the cursor by name, with their addresses and values; each goes to its first byte. */
export function blockFields(
  window: ByteWindow,
  cursor: number,
  strings: InspectorStrings,
  go: (address: number) => void,
): HTMLElement[] {
  const current = partsByByte(window).at(cursor - window.start) ?? null;
  if (current === null || cursor < window.start) return [];
  return window.parts
    .filter(({ block }) => block === current.block)
    .map((part) => {
      const address = window.start + part.from;
      const field = el(
        "button",
        { type: "button", class: "byte-field", "data-part": part.kind, "aria-current": part === current && "true" },
        el("span", {}, partText(part.kind, strings)),
        el("code", { class: "muted" }, `0x${address.toString(16)}`),
        el("code", {}, valueOf(window, part, strings)),
      );
      field.addEventListener("click", () => go(address));
      return field;
    });
}
