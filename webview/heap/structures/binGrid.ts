import type { StructureView } from "../../../src/inspector/model";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { svg } from "../../ui/dom";
import { blocks, count, size } from "../../ui/numbers";
import { pictureItem, type Drawing } from "../../ui/Picture";

type Bins = Extract<StructureView, { kind: "bins" }>;

const binsPerWord = 32;
const top = 18;
const rowHeight = 20;
const boxHeight = 16;

/** The sizes of a bin, for people. */
export function binSizes(
  context: PanelContext,
  { least, below }: { readonly least: number; readonly below: number },
): string {
  return below === least + 1 ? count(least) : format(context.strings.sizeRange, count(least), count(below - 1));
}

/**
 * All bins: a row for each word of the bitmap, a column for each bit, and in front the bit that says whether the word has
 * any. For TLSF these are its two levels. Bins with blocks show how many, and `open` is called with the chosen one's index.
 */
export function drawBins(
  context: PanelContext,
  { rows, words }: Bins,
  isTwoLevel: boolean,
  width: number,
  open: (index: number) => void,
): Drawing {
  const { strings } = context;
  const labelWidth = width < 480 ? 58 : 84;
  const wordWidth = width < 640 ? 0 : 92;
  const gridLeft = labelWidth + 26;
  const cell = (width - gridLeft - wordWidth) / binsPerWord;
  const upper = (word: number): number => top + word * rowHeight;
  const still: SVGElement[] = [
    svg("text", { class: "caption", x: 0, y: 11 }, isTwoLevel ? strings.binFirstLevel : strings.binWord),
    svg("text", { class: "caption", x: gridLeft, y: 11 }, isTwoLevel ? strings.binSecondLevel : strings.binBit),
  ];
  words.forEach(({ least, bits }, word) => {
    const y = upper(word);
    still.push(
      svg("text", { class: "box-note", x: 0, y: y + 12 }, `${word} · ${size(least)}`),
      svg("rect", { class: bits === 0 ? "bin" : "bin set", x: labelWidth, y, width: 16, height: boxHeight }),
      svg(
        "text",
        { class: bits === 0 ? "bit" : "bit set", x: labelWidth + 8, y: y + 12, "text-anchor": "middle" },
        bits === 0 ? "0" : "1",
      ),
    );
    for (let bit = 0; bit < binsPerWord; bit++) {
      still.push(
        svg("rect", { class: "bin", x: gridLeft + bit * cell, y, width: Math.max(1, cell - 1.5), height: boxHeight }),
      );
    }
    if (wordWidth > 0) {
      const word32 = `0x${bits.toString(16).padStart(8, "0")}`;
      still.push(svg("text", { class: "box-note", x: width - wordWidth + 10, y: y + 12 }, word32));
    }
  });
  const items = rows.map((row) => {
    const word = Math.floor(row.index / binsPerWord);
    const x = gridLeft + (row.index % binsPerWord) * cell;
    const y = upper(word);
    return pictureItem(
      {
        id: String(row.index),
        x: x + cell / 2,
        y: y + boxHeight / 2,
        label: format(strings.binLabel, binSizes(context, row), blocks(row.blocks, strings)),
        look: "bin-part",
        choose: () => open(row.index),
      },
      svg("rect", { class: "bin set", x, y, width: Math.max(2, cell - 1.5), height: boxHeight }),
      ...(cell < 13 || row.blocks > 99
        ? []
        : [
            svg(
              "text",
              { class: "bit set", x: x + (cell - 1.5) / 2, y: y + 12, "text-anchor": "middle" },
              String(row.blocks),
            ),
          ]),
    );
  });
  return { height: upper(words.length) + 2, still, items };
}
