import assert from "node:assert/strict";
import { bytesBudget, type BytesAnswer } from "../../../src/inspector/queries/bytes";
import type { QuerySource } from "../../../src/inspector/queries/query";
import { answerQuery } from "../../../src/inspector/queries/table";
import { parse } from "../../../src/language/parser";
import { History } from "../../../src/machine/History";

describe("The panel's queries", () => {
  const source = (text: string): QuerySource => {
    const history = new History(parse(text));
    history.seek(Number.MAX_SAFE_INTEGER);
    return { history, total: history.position, pause: () => Promise.resolve() };
  };
  const script = 'heap 4096 base=0x10000\na = alloc 16\nwrite a "Hello"\n';

  it("read bytes as they are and end where the region ends", async () => {
    const { history, ...rest } = source(script);
    const address = history.state.handle("a")!.address;
    const asked = { kind: "bytes", address: `0x${address.toString(16)}`, length: 4 };
    const answer = (await answerQuery(asked, { history, ...rest })) as BytesAnswer;
    assert.deepEqual([answer.address, answer.bytes], [asked.address, history.state.peek(address, 4)]);
    assert.deepEqual(answer.regions, [{ name: "heap", start: "0x10000", end: "0x11000" }]);
    const atEnd = { kind: "bytes", address: "0x10ff0", length: 100 };
    const end = (await answerQuery(atEnd, source(script))) as BytesAnswer;
    assert.equal(end.bytes.length, 16);
    const nowhere = { kind: "bytes", address: "0x1", length: 4 };
    assert.equal(((await answerQuery(nowhere, source(script))) as BytesAnswer).bytes.length, 0);
  });

  for (const query of [
    null,
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
