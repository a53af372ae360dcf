import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { defaultLimits } from "../../../src/machine/run/limits";
import { Machine } from "../../../src/machine/run/Machine";
import { ReferenceReplay } from "../../../src/machine/replay/ReferenceReplay";
import { Replay } from "../../../src/machine/replay/Replay";
import { AnyConverter } from "../../../src/trace/converters";
import { referenceFormats } from "../../../src/trace/formats";
import { hostileTrace } from "../generators/traces";
import { target } from "../target";

interface Input {
  readonly text: string;
  /** Lengths of the chunks in which it comes, in turn. */
  readonly chunks: readonly number[];
}

interface Reader<Result> {
  feed(chunk: Uint8Array): void;
  finish(): Result;
}

function read<Result>(reader: Reader<Result>, bytes: Uint8Array, lengths: readonly number[]): Result {
  let turn = 0;
  for (let at = 0; at < bytes.length;) {
    const length = lengths[turn++ % lengths.length];
    reader.feed(bytes.slice(at, at + length));
    at += length;
  }
  return reader.finish();
}

/** What a report says, without its time. */
const plain = (report: object): unknown =>
  JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === "milliseconds" ? 0 : value)));

/** A trace is read the same however it is cut, never throws, and becomes a script that has no mistakes of its own. */
function replayed({ text, chunks }: Input): void {
  const bytes = Buffer.from(text, "latin1");
  const whole = [bytes.length + 1];
  const heap = { max: 1024 ** 2 };
  assert.deepEqual(plain(read(new Replay(heap), bytes, chunks)), plain(read(new Replay(heap), bytes, whole)));
  const references = (): ReferenceReplay =>
    new ReferenceReplay({
      formats: referenceFormats,
      vm: null,
      caches: [],
      latencies: { memory: 100, disk: 1e6 },
      isTimed: true,
    });
  assert.deepEqual(plain(read(references(), bytes, chunks)), plain(read(references(), bytes, whole)));
  const conversion = read(new AnyConverter("trace"), bytes, chunks);
  if (!conversion.ok) return;
  const lines = [...conversion.lines];
  assert.equal(lines.length, conversion.lineCount);
  const program = parse(lines.join("\n"));
  assert.deepEqual(program.problems, []);
  const limits = { ...defaultLimits, steps: 2000, residentMemory: 32 * 1024 ** 2 };
  const machine = new Machine(program, { limits, overrides: new Map() });
  while (machine.stepQuietly());
  assert.deepEqual(machine.checkInvariants(), []);
}

export const traces = target({
  name: "traces",
  input: fc.record({
    text: hostileTrace,
    chunks: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
  }),
  check: replayed,
});
