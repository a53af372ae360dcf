import assert from "node:assert/strict";
import { filled, label, shape, type Item } from "../../../../src/inspector/drawing/displayList";
import { heapPicture, type HeapMedium } from "../../../../src/inspector/drawing/heapPicture";
import { Scale } from "../../../../src/inspector/drawing/heapScale";
import { pageMeasure, pageMedium } from "../../../../src/inspector/drawing/pageMedium";
import { heapPatterns } from "../../../../src/inspector/drawing/patterns";
import { svgOf } from "../../../../src/inspector/drawing/svg";
import { ticks } from "../../../../src/inspector/drawing/ticks";
import { SeriesRecorder } from "../../../../src/inspector/series";
import { buildSnapshot } from "../../../../src/inspector/snapshot";
import { layHistory } from "../laidMemory";

const medium: HeapMedium = { top: 0, isHighContrast: false, measure: pageMeasure, count: String };

/** All items, those inside of groups too. */
const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => (item.kind === "group" ? [item, ...flat(item.items)] : [item]));

const textsOf = (items: readonly Item[]): string[] =>
  flat(items).flatMap((item) => (item.kind === "text" ? [item.text] : []));

describe("Display items as SVG", () => {
  const svg = (...items: readonly Item[]): string => svgOf(items, pageMedium("d"));

  it("escape texts and titles", () => {
    const text = label(`<b>"&`, 1, 2, { font: { size: 10, family: "text" }, ink: "muted" });
    assert.match(
      svg({ kind: "group", title: "<i>", items: [text] }),
      /<title>&lt;i&gt;<\/title>.*&lt;b&gt;&quot;&amp;/,
    );
  });

  it("define a pattern once, however often it is used", () => {
    const { hatch, dots } = heapPatterns(false);
    const text = svg(filled(0, 0, 9, 9, hatch), filled(9, 0, 9, 9, hatch), filled(18, 0, 9, 9, dots));
    assert.deepEqual(text.match(/<pattern id="[^"]*"/g), ['<pattern id="d-1"', '<pattern id="d-2"']);
    assert.deepEqual(text.match(/fill="url[^"]*"/g), ['fill="url(#d-1)"', 'fill="url(#d-1)"', 'fill="url(#d-2)"']);
  });

  it("multiply the opacities of groups, and keep colours that are no role", () => {
    const inner: Item = { kind: "group", alpha: 0.5, items: [filled(0, 0, 1, 1, "#123456", 0.5)] };
    assert.match(
      svg({ kind: "group", x: 3, alpha: 0.5, items: [inner] }),
      /translate\(3 0\).*"#123456" fill-opacity="0.13"/,
    );
  });

  it("leave out pictures of pixels where the medium has none", () => {
    const bitmap = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) };
    assert.equal(svg({ kind: "image", x: 0, y: 0, width: 9, height: 9, bitmap }), "");
    assert.equal(svg(shape("M0 0h1", null, { ink: "grid", width: 1 })).includes('fill="none"'), true);
  });
});

describe("The picture of a heap", () => {
  const heap = buildSnapshot({
    history: layHistory({
      heaps: [
        {
          name: "main",
          base: 0x1000,
          header: 16,
          blocks: [
            { size: 96, handle: "a", requested: 70, line: 1 },
            { size: 32, handle: null },
            { size: 128, handle: "quite_a_long_name", requested: 100, line: 2 },
          ],
        },
      ],
    }),
    title: "",
    series: new SeriesRecorder(),
  }).heaps[0];

  it("names blocks where their names fit, and always has a ruler", () => {
    const wide = heapPicture(heap, new Scale({ from: 0, to: 256 }, 1000), medium);
    assert.deepEqual(textsOf(wide.items).slice(0, 5), ["a", "96", "#1", "32", "quite_a_long_name"]);
    const narrow = heapPicture(heap, new Scale({ from: 0, to: 256 }, 60), medium);
    assert.deepEqual(textsOf(narrow.items), ["0x1000"]);
  });

  it("fills header, payload and padding of a used block to scale", () => {
    const { items } = heapPicture(heap, new Scale({ from: 0, to: 256 }, 512), medium);
    const first = flat(items).flatMap((item) => (item.kind === "rect" && item.x < 192 ? [[item.x, item.width]] : []));
    assert.deepEqual(first.slice(0, 4), [
      [0, 191],
      [0, 32],
      [172, 19],
      [172, 19],
    ]);
  });

  it("gives each segment its title where the medium shows titles", () => {
    const { items } = heapPicture(heap, new Scale({ from: 0, to: 256 }, 512), {
      ...medium,
      titleOf: ({ address }) => address,
    });
    const titles = flat(items).flatMap((item) => (item.kind === "group" ? (item.title ?? []) : []));
    assert.deepEqual(titles, ["0x1000", "0x1060", "0x1080"]);
  });
});

describe("Values of an axis", () => {
  it("are multiples of a power of two, or of 1, 2 or 5 times a power of ten", () => {
    assert.deepEqual(ticks(3, 20, 5, "two"), [8, 16]);
    assert.deepEqual(ticks(0, 11, 3, "ten"), [0, 5, 10]);
    assert.deepEqual(ticks(90, 400, 60, "ten"), [100, 200, 300]);
  });
});
