import assert from "node:assert/strict";
import { bytesBudget, type BytesAnswer } from "../../../src/inspector/queries/bytes";
import type { QuerySource } from "../../../src/inspector/queries/query";
import type { LifetimesAnswer } from "../../../src/inspector/lifetimes/answer";
import type { LivesQuery } from "../../../src/inspector/queries/lives";
import type { PageRowsQuery } from "../../../src/inspector/queries/pageRows";
import type { RowsAnswer } from "../../../src/inspector/rows/rows";
import { answerQuery, type AnswerTo } from "../../../src/inspector/queries/table";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { sourceOf } from "./querySource";

describe("The panel's queries", () => {
  const source = (text: string): QuerySource & { readonly history: History } => {
    const history = new History(parse(text));
    history.seek(Number.MAX_SAFE_INTEGER);
    return { history, ...sourceOf(history) };
  };
  const script = 'heap 4096 base=0x10000\na = alloc 16\nwrite a "Hello"\n';

  it("read bytes as they are and end where the region ends", async () => {
    const { history, ...rest } = source(script);
    const address = history.state.handle("a")!.address;
    const asked = { kind: "bytes", address: `0x${address.toString(16)}`, length: 4 };
    const answer = (await answerQuery(asked, rest)) as BytesAnswer;
    assert.deepEqual([answer.address, answer.bytes], [asked.address, history.state.peek(address, 4)]);
    assert.deepEqual(answer.regions, [{ name: "heap", start: "0x10000", end: "0x11000" }]);
    const atEnd = { kind: "bytes", address: "0x10ff0", length: 100 };
    const end = (await answerQuery(atEnd, source(script))) as BytesAnswer;
    assert.equal(end.bytes.length, 16);
    const nowhere = { kind: "bytes", address: "0x1", length: 4 };
    assert.equal(((await answerQuery(nowhere, source(script))) as BytesAnswer).bytes.length, 0);
  });

  it("tell lives and rows of the whole run, wherever the history stands", async () => {
    const asked = source("a = alloc 16\nfree a\nb = alloc 8\nfree b");
    asked.history.seek(1);
    const whole = { region: null, window: null };
    const lives = { kind: "lives", ...whole, order: "largest", first: 0, count: 5 };
    const { total, isComplete } = (await answerQuery(lives, asked)) as AnswerTo<LivesQuery>;
    assert.deepEqual([total, isComplete, asked.history.position], [2, true, 1]);
    const drawn = (await answerQuery({ kind: "lifetimes", ...whole, width: 90, height: 20 }, asked)) as LifetimesAnswer;
    assert.equal(drawn.picture.kind, "blocks");
    const rows = { kind: "rows", region: null, first: 3, count: 9, range: null, width: 90 };
    const { heads } = (await answerQuery(rows, asked)) as RowsAnswer;
    assert.deepEqual(
      heads.map(({ text }) => text),
      ["b = alloc 8", "free b"],
    );
  });

  it("list the page table from any row on, with what the step touched", async () => {
    const asked = source("vm frames=9000 pages=9000\nmap 0..5000 rw\nstore 0x1388000 1\nmap 5000 r");
    const rows = async (first: number, process: string | null = null) =>
      (await answerQuery({ kind: "pageRows", process, first }, asked)) as AnswerTo<PageRowsQuery>;
    const first = await rows(0);
    assert.deepEqual([first.length, first[0].vpn, first.at(-1)?.vpn], [4096, 0, 4095]);
    const rest = await rows(4096, "nobody");
    assert.deepEqual([rest.length, rest.at(-1)?.vpn, rest.at(-1)?.changed], [905, 5000, "mapped"]);
    assert.deepEqual(await rows(5001), []);
    assert.deepEqual(await answerQuery({ kind: "pageRows", process: null, first: 0 }, source(script)), []);
  });

  for (const query of [
    null,
    { kind: "pageRows", process: 1, first: 0 },
    { kind: "pageRows", process: null, first: -1 },
    { kind: "lifetimes", region: 1, window: null, width: 9, height: 9 },
    { kind: "lifetimes", region: null, window: { fromStep: 5, toStep: 1, low: 0, high: 9 }, width: 9, height: 9 },
    { kind: "lifetimes", region: null, window: null, width: 8000, height: 8000 },
    { kind: "lives", region: null, window: null, order: "widest", first: 0, count: 5 },
    { kind: "lives", region: null, window: null, order: "largest", first: 0, count: 1e6 },
    { kind: "rows", region: null, first: 1, count: 1e6, range: null, width: 90 },
    { kind: "rows", region: null, first: 1, count: 5, range: { low: 9, high: 1 }, width: 90 },
    { kind: "moon" },
    { kind: "toString" },
    { kind: "bytes", address: "0x10000" },
    { kind: "bytes", address: 65536, length: 4 },
    { kind: "bytes", address: "0x10000", length: bytesBudget + 1 },
  ]) {
    it(`refuse ${JSON.stringify(query)}`, async () => {
      await assert.rejects(answerQuery(query, source(script)), /query/);
    });
  }
});
