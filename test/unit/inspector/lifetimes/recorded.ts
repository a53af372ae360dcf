import fc from "fast-check";
import { LifetimeRecorder } from "../../../../src/inspector/lifetimes/LifetimeRecorder";
import { parse } from "../../../../src/language/parsing/parser";
import { Machine } from "../../../../src/machine/run/Machine";

/** Runs a script to its end with a recorder beside it. */
export function recordScript(script: string): { readonly machine: Machine; readonly recorder: LifetimeRecorder } {
  const machine = new Machine(parse(script));
  const recorder = new LifetimeRecorder();
  for (let record = machine.step(); record !== undefined; record = machine.step()) {
    recorder.record(record, machine.state);
  }
  return { machine, recorder };
}

const handle = fc.integer({ min: 0, max: 7 }).map((number) => `h${number}`);
const statement = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(handle, fc.integer({ min: 1, max: 300 })).map(([h, n]) => `${h} = alloc ${n}`) },
  { weight: 1, arbitrary: fc.tuple(handle, fc.constantFrom(16, 64)).map(([h, n]) => `${h} = alloc 40 align=${n}`) },
  { weight: 4, arbitrary: handle.map((h) => `free ${h}`) },
  {
    weight: 2,
    arbitrary: fc.tuple(handle, fc.integer({ min: 1, max: 400 })).map(([h, n]) => `${h} = realloc ${h} ${n}`),
  },
  { weight: 2, arbitrary: handle.map((h) => `${h} = alloc from=nodes`) },
  { weight: 1, arbitrary: fc.constantFrom("defrag", "coalesce", "stats", "reset nodes") },
);

/** Scripts over a heap and a pool that make mistakes, leak, move and resize. */
export const scripts = fc
  .array(statement, { minLength: 1, maxLength: 60 })
  .map((lines) => ["heap 4KiB", "pool nodes 32 x 4", ...lines].join("\n"));
