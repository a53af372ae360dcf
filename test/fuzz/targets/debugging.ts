import assert from "node:assert/strict";
import fc from "fast-check";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { frameMessage, MessageReader } from "../../../src/debug/protocol/stdio";
import { DebugSession } from "../../../src/debug/session/DebugSession";
import { hostileRequests, type HostileRequest } from "../generators/debugging";
import { hostileLines } from "../generators/scripts";
import { target } from "../target";

const program = "/scripts/hostile.memscript";

interface Input {
  readonly script: readonly string[];
  readonly isLaunched: boolean;
  readonly requests: readonly HostileRequest[];
  /** Bytes that are no message, before the request of that number. */
  readonly garbage: readonly (readonly [number, string])[];
  readonly chunks: readonly number[];
}

const codec = {
  encode: (text: string): Uint8Array => new TextEncoder().encode(text),
  decode: (bytes: Uint8Array): string => new TextDecoder().decode(bytes),
};

const launching: readonly HostileRequest[] = [
  { command: "initialize", arguments: { adapterID: "memscript" } },
  { command: "launch", arguments: { program, limits: { steps: 2000, residentMemory: 16_777_216, blocks: 20_000 } } },
  { command: "configurationDone", arguments: {} },
];

/** A stream of requests, however it is cut: each is answered once, and never with a mistake of ours. */
async function served({ script, isLaunched, requests, garbage, chunks }: Input): Promise<void> {
  const received: DebugProtocol.ProtocolMessage[] = [];
  let time = 0;
  const session = new DebugSession({
    send: (message) => received.push(message),
    host: {
      readProgram: (path) =>
        path === program
          ? Promise.resolve({ text: script.join("\n"), name: "hostile.memscript", path })
          : Promise.reject(new Error("there is no such file")),
      yield: () => new Promise((resolve) => setImmediate(resolve)),
      now: () => (time += 12 / 32),
    },
  });
  const reader = new MessageReader(
    codec,
    (message) => session.handle(message),
    () => undefined,
  );
  const all = [...(isLaunched ? launching : []), ...requests];
  const stream = Buffer.concat(
    all.flatMap(({ command, arguments: args }, index) => {
      const message = { seq: 1 + index, type: "request", command, arguments: args };
      const before = garbage.filter(([at]) => at === index).map(([, text]) => Buffer.from(`${text}\r\n\r\n`, "latin1"));
      return [...before, Buffer.from(frameMessage(message, codec))];
    }),
  );
  let turn = 0;
  for (let at = 0; at < stream.length;) {
    const length = chunks[turn++ % chunks.length];
    reader.push(stream.subarray(at, at + length));
    at += length;
    if (turn % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const answers = (): DebugProtocol.Response[] =>
    received.filter((message): message is DebugProtocol.Response => message.type === "response");
  for (let round = 0; round < 5000 && answers().length < all.length; round++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const numbers = answers().map(({ request_seq }) => request_seq);
  assert.deepEqual(
    numbers.sort((left, right) => left - right),
    all.map((_, index) => 1 + index),
  );
  const mistakes = answers().filter(({ message }) => message?.includes("mistake in MemScript") ?? false);
  assert.deepEqual(mistakes, []);
  session.handle({ seq: 1e6, type: "request", command: "disconnect", arguments: {} } as DebugProtocol.Request);
  await new Promise((resolve) => setImmediate(resolve));
}

export const debugging = target({
  name: "debugging",
  input: fc.record({
    script: hostileLines,
    isLaunched: fc.boolean(),
    requests: hostileRequests(program),
    garbage: fc.array(
      fc.tuple(
        fc.nat(40),
        fc.constantFrom("x", "Content-Length: many", "Content-Length: -5", "Content-Length: 3\r\n\r\n{}}"),
      ),
      { maxLength: 3 },
    ),
    chunks: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 5 }),
  }),
  check: served,
});
