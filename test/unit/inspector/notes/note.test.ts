import assert from "node:assert/strict";
import { englishWords } from "../../../../src/language/Words";
import { note, type NoteView } from "../../../../src/inspector/notes/note";
import { englishStrings } from "../../../../src/inspector/strings";

const texts = { strings: englishStrings, lang: "en", words: englishWords };

function figureOf(script: string, view: NoteView | null = null): string {
  return note(script, view, "n1", texts).figure;
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe("A script in a Markdown text", () => {
  it("is followed by the heap at its end, with what each block is", () => {
    const figure = figureOf("heap 1KiB header=16\na = alloc 100\nb = alloc 50\nfree a\n");
    assert.match(figure, /Heap heap, 0x10000 to 0x10100, to scale: 1 used and 2 free blocks/);
    assert.match(figure, /<title>b: 72 bytes/);
  });

  it("is followed by its problems, each with its line, and failed expectations", () => {
    const figure = figureOf("a = alloc 100\nfree a\nfree a\nexpect used == 7\n");
    assert.match(figure, /<li class="error">Line 3: /);
    assert.match(figure, /<li class="error">Line 4: /);
  });

  it("draws what its fence asks for, and everything where it asks for nothing", () => {
    const script = "heap 1KiB\nvm page=4KiB frames=8\na = alloc 8\nmap 0x10 -> 3 rw-u\nfree a\n";
    assert.equal(count(figureOf(script), /<figure/g), 2);
    assert.equal(count(figureOf(script, "heap"), /<figure/g), 1);
    assert.doesNotMatch(figureOf(script, "pages"), /Heap heap/);
    assert.equal(count(figureOf(script, "rows"), /<tr class/g), 5);
    assert.doesNotMatch(figureOf(script, "none"), /<svg|<table/);
  });

  it("draws a line from a page to its frame, and none to a page that has none", () => {
    const figure = figureOf("vm page=4KiB frames=8\nmap 0x10 -> 3 rw-u\nmap 0x11 -> 5 r--u\n", "pages");
    assert.match(figure, />0x10<[\s\S]*>main 0x10</);
    assert.equal(count(figure, /<path d="M240/g), 2);
    const evicted = figureOf("vm page=4KiB frames=1 demand=on replacement=fifo\nload 0\nload 0x1000\n", "pages");
    assert.equal(count(evicted, /<path d="M240/g), 1);
  });

  it("shows many pages and frames in part, and says so", () => {
    const maps = Array.from({ length: 40 }, (_, page) => `map ${page} -> ${page} rw-u`);
    const figure = figureOf(["vm page=4KiB frames=4096", ...maps].join("\n"), "pages");
    assert.match(figure, /and 8 more/);
    assert.match(figure, /and 4,064 more/);
  });

  it("stops a script that does not end, and says so", () => {
    assert.match(figureOf("repeat 100000000\n  stats\nend\n"), /after the first 5,000 steps/);
  });

  it("keeps a script's text out of the page's markup", () => {
    const { code, figure } = note('# <script>alert("1")</script>\na = alloc <b>\n', null, "n1", texts);
    assert.doesNotMatch(code + figure, /<script|<b>/);
    assert.match(code, /&lt;script&gt;/);
  });

  it("colours its words", () => {
    const { code } = note("heap 4KiB policy=best-fit # all\na = alloc 8\n", "none", "n1", texts);
    assert.match(code, /<span class="hljs-keyword">heap<\/span>/);
    assert.match(code, /<span class="hljs-number">4KiB<\/span>/);
    assert.match(code, /<span class="hljs-attr">policy<\/span>/);
    assert.match(code, /<span class="hljs-comment"># all<\/span>/);
  });

  it("has ids that no other script of the text has", () => {
    const script = "heap 1KiB\nvm page=4KiB frames=4\nmap 0 -> 1\nleak = alloc 9\nleak = 0\n";
    const ids = ["n1", "n2"].map((id) =>
      [...note(script, null, id, texts).figure.matchAll(/ id="([^"]+)"/g)].map(([, found]) => found),
    );
    assert.ok(ids[0].length > 0);
    assert.equal(new Set(ids.flat()).size, ids.flat().length);
  });
});
