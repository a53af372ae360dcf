import type { ChainLink } from "../../../src/inspector/tableStrip";
import { format, type InspectorStrings } from "../../../src/inspector/strings";
import { svg } from "../../ui/dom";
import { count } from "../../ui/numbers";
import { pictureItem, type Drawing } from "../../ui/Picture";

const boxWidth = 118;
const boxHeight = 36;
const gap = 18;

/** The chain of a bucket in the order of a look-up, its own pages to choose; what does not fit is told. */
export function drawBucketChain(
  links: readonly ChainLink[],
  process: string,
  width: number,
  strings: InspectorStrings,
  choose: (page: number) => void,
): Drawing {
  const perRow = Math.max(1, Math.floor((width + gap) / (boxWidth + gap)));
  const left = (at: number): number => (at % perRow) * (boxWidth + gap);
  const upper = (at: number): number => Math.floor(at / perRow) * (boxHeight + 8);
  const still = links.slice(1).flatMap((_, before) => {
    const at = before + 1;
    const y = upper(at) + boxHeight / 2;
    return at % perRow === 0
      ? []
      : [
          svg("path", { class: "chain-link", d: `M${left(at) - gap} ${y}h${gap - 5}` }),
          svg("path", { class: "chain-tip", d: `M${left(at)} ${y}l-6 -3.5v7z` }),
        ];
  });
  const items = links.map((link, at) => {
    const x = left(at);
    const y = upper(at);
    return pictureItem(
      {
        id: `frame ${link.frame}`,
        x: x + boxWidth / 2,
        y,
        label: format(strings.chainEntry, count(at + 1), link.frame, link.vpn, link.process),
        look: "used-box",
        choose: () => (link.process === process ? choose(link.vpn) : undefined),
      },
      svg("rect", { x: x + 0.5, y: y + 0.5, width: boxWidth - 1, height: boxHeight, rx: 2 }),
      svg("text", { class: "box-title", x: x + 7, y: y + 15 }, format(strings.frameShort, link.frame)),
      svg("text", { class: "box-note", x: x + 7, y: y + 29 }, format(strings.pageOf, link.vpn, link.process)),
    );
  });
  return { height: links.length === 0 ? 0 : upper(links.length - 1) + boxHeight + 2, still, items };
}
