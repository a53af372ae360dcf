import assert from "node:assert/strict";
import type { ViewMessage } from "../../src/inspector/protocol";
import { answerQuery } from "../../src/inspector/queries/table";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { themes } from "./themes";
import { sourceOf } from "../unit/inspector/querySource";

const script = 'heap 4KiB order=lifo\na = alloc 24\nb = alloc 10\nwrite b "Hello"\nfree a\nwrite b "Jello"\nstats\n';

describe("The view of bytes", () => {
  let panel: PanelPage;
  let history: History;
  let other: ViewMessage[];

  async function open(position: number, theme = themes[0], width = 900): Promise<void> {
    history = new History(parse(script));
    other = [];
    panel = await PanelPage.open(theme, { width, height: 900 }, { view: "bytes" });
    await stand(position);
  }

  async function stand(position: number): Promise<void> {
    await show(position);
    await answerAll();
  }

  /** Goes to a step and leaves what the page asks there unanswered. */
  async function show(position: number): Promise<void> {
    history.seek(position);
    await panel.show(
      buildSnapshot({ history, title: "bytes.memscript", series: new SeriesRecorder(), parts: new Set() }),
    );
  }

  type Request = Extract<ViewMessage, { readonly kind: "request" }>;

  async function requests(): Promise<readonly Request[]> {
    const messages = await panel.heard();
    other.push(...messages.filter(({ kind }) => kind !== "request"));
    return messages.flatMap((message) => (message.kind === "request" ? [message] : []));
  }

  /** Answers with what memory is at the place where the history stands. */
  async function answer({ id, query }: Request): Promise<void> {
    const result = await answerQuery(query, sourceOf(history));
    await panel.send({ kind: "answer", id, position: history.position, result });
  }

  /** Answers what the page asks, as the host does, until it asks no more. */
  async function answerAll(): Promise<void> {
    for (let quiet = 0; quiet < 2;) {
      const asked = await requests();
      for (const request of asked) await answer(request);
      quiet = asked.length === 0 ? quiet + 1 : 0;
    }
  }

  const cell = (address: number) => panel.page.locator(`.byte[data-offset="${address - 0x10000}"]`);
  const cursor = (): Promise<string | null> =>
    panel.page.locator(".byte[aria-selected=true]").getAttribute("aria-label");

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await panel.page.keyboard.press(key);
      await answerAll();
    }
  }

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("takes an answer about the step on the screen, whenever it was asked, and no other", async () => {
    await open(4);
    const letter = cell(0x10058);
    assert.equal(await letter.textContent(), "48");
    await show(5);
    const [early] = await requests();
    await show(6);
    await answer(early);
    assert.equal(await letter.textContent(), "4a");
    const [late] = await requests();
    await answer(late);
    assert.equal(await letter.getAttribute("data-changed"), "");
    await show(6);
    const [last] = await requests();
    history.seek(4);
    await answer(last);
    assert.equal(await letter.textContent(), "4a");
  });

  it("names the fields of headers and tells payload, padding and free bytes apart", async () => {
    await open(4);
    const part = (address: number): Promise<string | null> => cell(address).getAttribute("data-part");
    const fields = [0x10000, 0x10008, 0x10010, 0x10018, 0x10020, 0x10038].map(part);
    assert.deepEqual(await Promise.all(fields), ["size", "flags", "next", "previous", "payload", "size"]);
    // b asked for 10 of its 16 bytes.
    assert.deepEqual(await Promise.all([part(0x10058), part(0x10061), part(0x10062)]), [
      "payload",
      "payload",
      "padding",
    ]);
    assert.match(await panel.page.locator(".byte-grid").innerText(), /Hello/);
    await stand(5);
    assert.equal(await part(0x10020), "free");
  });

  it("names the parts of the block at the cursor with their values, and goes to each", async () => {
    await open(5);
    await cell(0x10010).click();
    await answerAll();
    const fields = panel.page.locator(".byte-field");
    assert.deepEqual(
      (await fields.allInnerTexts()).map((text) => text.replaceAll("\n", " ")),
      [
        "size 0x10000 56",
        "flags 0x10008 0x0",
        "next free 0x10010 0x10068",
        "previous free 0x10018 0x0",
        "free 0x10020 24 bytes",
      ],
    );
    assert.match(
      (await panel.page.locator(".byte-field[aria-current]").innerText()).replaceAll("\n", " "),
      /^next free/,
    );
    await fields.last().click();
    await answerAll();
    assert.match((await cursor()) ?? "", /^0x10020: /);
  });

  it("marks what the step changed", async () => {
    await open(5);
    await stand(6);
    const changed = panel.page.locator(".byte[data-changed]");
    assert.deepEqual(await changed.allInnerTexts(), ["4a"]);
    assert.match(
      (await changed.first().getAttribute("aria-label")) ?? "",
      /^0x10058: 4a, payload, b, line 3, changed$/,
    );
  });

  it("is gone through by keys and selects for all views", async () => {
    await open(4);
    await cell(0x10000).click();
    await answerAll();
    await press("ArrowRight", "ArrowDown", "End");
    assert.match((await cursor()) ?? "", /^0x1001f/);
    await press("Home", "ArrowUp");
    assert.match((await cursor()) ?? "", /^0x10000: 38, size, a, line 2/);
    const selections = other.flatMap((message) => (message.kind === "select" ? [message.selection] : []));
    assert.deepEqual(selections.at(-1), { kind: "block", address: "0x10000", line: 1 });
    await press("PageDown");
    assert.match((await cursor()) ?? "", /^0x10180/);
  });

  it("follows a pointer and comes back", async () => {
    await open(5);
    // a is the head of the list; behind it comes the rest of the heap.
    await cell(0x10010).click();
    await answerAll();
    const target = [...history.state.heaps.get("heap")!.freeList()][1].address;
    await press("Enter");
    assert.match((await cursor()) ?? "", new RegExp(`^0x${target.toString(16)}: .*, size`));
    await press("Backspace");
    assert.match((await cursor()) ?? "", /^0x10010/);
    await panel.page.locator("[data-action=followPointer]").click();
    await answerAll();
    assert.match((await cursor()) ?? "", new RegExp(`^0x${target.toString(16)}`));
  });

  it("goes to an address and says what is none", async () => {
    await open(4);
    const input = panel.page.locator(".byte-bar input");
    await input.fill("here");
    await input.press("Enter");
    assert.match(await panel.page.locator(".byte-error").innerText(), /here is no address/);
    await input.fill("0x10058");
    await input.press("Enter");
    await answerAll();
    assert.match((await cursor()) ?? "", /^0x10058: 48/);
    assert.equal(await panel.page.locator(".byte-error").isVisible(), false);
    await input.fill("0x900000");
    await input.press("Enter");
    await answerAll();
    assert.match(await panel.page.locator(".bytes-view [role=status]").innerText(), /No bytes at 0x900000/);
  });

  it("asks the host to change the byte that is typed over", async () => {
    await open(4);
    await cell(0x10058).click();
    await answerAll();
    other = [];
    await press("4", "f");
    assert.deepEqual(
      other.flatMap((message) => (message.kind === "editByte" ? [[message.address, message.value]] : [])),
      [["0x10058", 0x4f]],
    );
    assert.match((await cursor()) ?? "", /^0x10059/);
  });

  it("is at ease in each theme", async () => {
    await open(5);
    await stand(6);
    await cell(0x10010).click();
    await answerAll();
    await panel.inEachTheme(async ({ name }) => {
      assert.deepEqual(await seriousFindings(panel), []);
      await panel.screenshot(`bytes-${name}`);
    });
  });

  for (const width of [300, 2000]) {
    it(`fits ${width} pixels`, async () => {
      await open(4, themes[0], width);
      const overflow = await panel.page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.ok(Number(overflow) <= 0, `${String(overflow)} pixels too wide`);
      await panel.screenshot(`bytes-${width}`);
    });
  }
});
