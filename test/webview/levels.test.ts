import assert from "node:assert/strict";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { RecordedRun } from "./recordedRun";
import { themes } from "./themes";

/** Every kind of entry: read-only, writable, executable, huge, untouched, in swap space, and a second process. */
const script = `vm table=x86-64 frames=2048 swap=16 replacement=lru
map 1 -> 40 rx
map 8 -> 42 rwu
map 9 -> 43 rwu
map 10 -> 44 rwx
map 11 -> 41 r
map 12 rw
map 13 -> 46 rx
map 300 -> 45 rw
map 512 -> 1024 rw huge=2MiB
store 0x9008 7`;
const steps = 11;

describe("The strips of a page table's levels", () => {
  let panel: PanelPage;

  const open = async (text = script, theme = themes[0], width = 900): Promise<RecordedRun> => {
    const state = { view: "pages", windows: {}, series: {}, open: [], selection: null };
    panel = await PanelPage.open(theme, { width, height: 1100 }, state);
    const run = new RecordedRun(text);
    assert.deepEqual(run.history.problems, []);
    await run.show(panel, steps);
    return run;
  };
  const choose = async (run: RecordedRun, vpn: number): Promise<void> => {
    await panel.page.locator(`.page-table tr[data-vpn='${vpn}']`).click();
    await run.answer(panel);
  };
  const captions = () => panel.page.locator(".levels .caption").allTextContents();
  const onWay = () =>
    panel.page
      .locator(".levels .on-way")
      .evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label") ?? ""));
  const selected = (run: RecordedRun): unknown =>
    run.said.flatMap((message) => (message.kind === "select" ? [message.selection] : [])).at(-1);

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("tell kinds and permissions apart by fill and pattern in each theme", async () => {
    const run = await open();
    await choose(run, 9);
    await panel.page.evaluate("document.querySelector('[data-table=levels]').open = true");
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`levels-${name}`);
      const looks = await panel.page.evaluate<string[]>(
        `["table", "page.write", "page.read-only", "page.execute", "page.write-execute", "untouched", "absent"].map((kind) => {
          const part = document.querySelector(".levels .entry." + kind);
          const [box, pattern] = part.querySelectorAll("rect");
          const { fill, strokeDasharray } = getComputedStyle(box);
          return [fill, strokeDasharray, pattern ? getComputedStyle(pattern).fill : ""].join(" ");
        })`,
      );
      assert.equal(new Set(looks).size, looks.length, looks.join("\n"));
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("go down from the root to the entry of the selected page, with its word and bits", async () => {
    const run = await open();
    assert.equal((await captions()).length, 1);
    await choose(run, 9);
    assert.match(
      (await captions()).join("|"),
      /^PML4, entries 0 to 511 · frame \d+ · 8 a cell\|PML4, entries 0 to 7.*\|page table, entries 8 to 15 · frame \d+$/,
    );
    const way = await onWay();
    assert.match(way[0], /^PML4, entries 0 to 7: 1 in use, on the way$/);
    assert.equal(
      way.at(-1),
      "page table, entry 9, 0x800000000002b067, P R/W U/S A D NX, page 9 in frame 43, rw-u, on the way",
    );
    const facts = panel.page.locator(".entry-facts");
    assert.match(await facts.innerText(), /page table \[9\][^]*0x800000000002b067[^]*NX[^]*page 9 in frame 43 rw-u/);
    assert.deepEqual(await facts.locator(".entry-bit.set").allTextContents(), ["NX", "D", "A", "U/S", "R/W", "P"]);
    // The walk below tells of the same entries.
    const walk = await panel.page.locator(".walk li").allTextContents();
    assert.ok(
      walk.some((item) => item.includes("0x800000000002b067")),
      walk.join("\n"),
    );
    // A step of the walk marks the entry that it reads.
    for (let step = 0; step < 3; step++) await panel.page.locator("[data-action=walkNext]").click();
    assert.match(await facts.innerText(), /^page-directory-pointer table \[0\]/);
    assert.match(
      (await panel.page.locator(".levels [aria-selected=true]").getAttribute("aria-label")) ?? "",
      /^page-directory-pointer table, entry 0, /,
    );
    await panel.page.evaluate("document.querySelector('[data-table=levels]').open = true");
    const rows = await panel.page.locator("[data-table=levels] tbody tr").allInnerTexts();
    assert.ok(
      rows.some((row) =>
        /^page table\t9\t1\t0x800000000002b067\tP R\/W U\/S A D NX\tpage 9 in frame 43\trw-u\tyes$/.test(row),
      ),
      rows.join("\n"),
    );
  });

  it("choose by keys: arrows go along a strip and between strips, and the page is selected for all views", async () => {
    const run = await open();
    await choose(run, 9);
    const focused = () => panel.page.evaluate<string>("document.activeElement.getAttribute('aria-label')");
    await panel.page.locator(".levels .part[tabindex='0']").focus();
    assert.match(await focused(), /^page table, entry 9/);
    await panel.page.keyboard.press("ArrowRight");
    await run.answer(panel);
    assert.match(await focused(), /^page table, entry 10, .*rwx-, on the way$/);
    assert.deepEqual(selected(run), { kind: "page", process: "main", page: 10, address: "0xa000" });
    assert.equal(await panel.page.locator(".page-table tr.selected").getAttribute("data-vpn"), "10");
    assert.match(await panel.page.locator(".walk h3").innerText(), /0xa000/);
    await panel.page.keyboard.press("End");
    await run.answer(panel);
    assert.match(await focused(), /^page table, entry 15, absent, on the way$/);
    // Up to the coarse strip of the table, and along to its other end in use.
    await panel.page.keyboard.press("ArrowUp");
    await run.answer(panel);
    assert.match(await focused(), /^page table, entries \d+ to \d+/);
  });

  it("follow the rows of the page table, which arrow keys go through", async () => {
    const run = await open();
    await panel.page.locator(".page-table .table-scroll").focus();
    for (const key of ["ArrowDown", "ArrowDown"]) {
      await panel.page.keyboard.press(key);
      await run.answer(panel);
    }
    assert.deepEqual(selected(run), { kind: "page", process: "main", page: 8, address: "0x8000" });
    assert.match((await onWay()).at(-1)!, /^page table, entry 8, /);
    assert.equal(await panel.page.locator(".page-table + .sr-only").textContent(), "Page 8, frame 42, rw-u");
    await panel.page.keyboard.press("End");
    await run.answer(panel);
    assert.equal(await panel.page.locator("tr.selected").getAttribute("data-vpn"), "512");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Home");
    await run.answer(panel);
    assert.equal(await panel.page.locator("tr.selected").getAttribute("data-vpn"), "1");
  });

  it("choose by a click: a table opens at the first page behind it, a huge page ends the way", async () => {
    const run = await open();
    await choose(run, 9);
    await panel.page.locator(".levels .huge").first().click();
    await run.answer(panel);
    assert.deepEqual(selected(run), { kind: "page", process: "main", page: 512, address: "0x200000" });
    assert.match(
      (await onWay()).at(-1)!,
      /^page directory, entry 1, 0x8000000000400083, P R\/W PS NX, huge page 512 in frame 1024/,
    );
  });

  it("follow the steps, and have fewer cells where there is less room", async () => {
    const run = await open(script, themes[0], 380);
    await choose(run, 9);
    assert.match((await captions())[0], /16 a cell$/);
    await panel.screenshot("levels-narrow");
    await run.show(panel, 3);
    assert.equal((await onWay()).at(-1), "page table, entry 9, absent, on the way");
  });

  it("show the buckets and the chain of an inverted table", async () => {
    const run = await open("vm table=inverted frames=8 pages=64\nmap 1 -> 4\nmap 9 -> 5\nmap 2 -> 6");
    await choose(run, 1);
    await panel.screenshot("levels-inverted");
    assert.equal(await panel.page.locator(".levels h3").innerText(), "Hash anchor table");
    const chain = panel.page.locator(".levels .used-box");
    assert.deepEqual(await chain.evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label"))), [
      "Place 1: frame 5, page 9 of main",
      "Place 2: frame 4, page 1 of main",
    ]);
    await chain.first().click();
    await run.answer(panel);
    assert.deepEqual(selected(run), { kind: "page", process: "main", page: 9, address: "0x9000" });
    assert.deepEqual(await seriousFindings(panel), []);
  });
});
