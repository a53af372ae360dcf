import assert from "node:assert/strict";
import fc from "fast-check";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { frameMessage, MessageReader, type TextCodec } from "../../../src/debug/protocol/stdio";

const codec: TextCodec = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
};

function read(chunks: readonly Uint8Array[]): { messages: unknown[]; broken: string[] } {
  const messages: unknown[] = [];
  const broken: string[] = [];
  const reader = new MessageReader(
    codec,
    (message) => messages.push(message),
    (reason) => broken.push(reason),
  );
  for (const chunk of chunks) reader.push(chunk);
  return { messages, broken };
}

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const request = (text: string): DebugProtocol.Request => ({
  seq: 1,
  type: "request",
  command: "x",
  arguments: { text },
});

describe("stdio framing", () => {
  it("reads back what it framed, however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (texts, cuts) => {
          const sent = texts.map(request);
          const bytes = join(sent.map((message) => frameMessage(message, codec)));
          const chunks: Uint8Array[] = [];
          let start = 0;
          for (const length of cuts) {
            if (bytes.length <= start) break;
            chunks.push(bytes.subarray(start, start + length));
            start += length;
          }
          assert.deepEqual(read(chunks), { messages: JSON.parse(JSON.stringify(sent)) as unknown, broken: [] });
        },
      ),
    );
  });

  it("skips what is not a message and goes on", () => {
    const good = frameMessage(request("after"), codec);
    const cases: [string, string][] = [
      ["Content-Length: 3\r\n\r\n{x}", "a message body that is not JSON"],
      ["Content-Length: 1\r\n\r\n7", "a message body that is not an object"],
      ["Content-Type: text\r\n\r\n", "a message header without a usable Content-Length"],
      ["Content-Length: 999999999999\r\n\r\n", "a message header without a usable Content-Length"],
    ];
    for (const [text, reason] of cases) {
      const { messages, broken } = read([codec.encode(text), good]);
      assert.deepEqual(broken, [reason]);
      assert.equal(messages.length, 1);
    }
  });

  it("gives up on endless bytes without a header", () => {
    assert.deepEqual(read([new Uint8Array(10_000)]).broken, ["bytes that are not a message header"]);
  });
});
