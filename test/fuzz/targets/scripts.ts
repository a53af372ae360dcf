import assert from "node:assert/strict";
import fc from "fast-check";
import { buildSnapshot } from "../../../src/inspector/snapshot";
import { SeriesRecorder } from "../../../src/inspector/series";
import { parse } from "../../../src/language/parsing/parser";
import { format } from "../../../src/language/services/format";
import { layoutText } from "../../../src/machine/inspect/layoutText";
import { statsText } from "../../../src/machine/inspect/statsText";
import { endRecord, toJsonRecord } from "../../../src/machine/records/json";
import { History } from "../../../src/machine/run/History";
import { defaultLimits, type MachineLimits } from "../../../src/machine/run/limits";
import { Machine } from "../../../src/machine/run/Machine";
import { describeMemory } from "../../../src/machine/step/describe";
import { showProgram } from "../../unit/language/show";
import { hostileDeclarations, hostileLines } from "../generators/scripts";
import { target } from "../target";

const limits: MachineLimits = { ...defaultLimits, steps: 2000, residentMemory: 32 * 1024 ** 2, blocks: 20_000 };

/** Everything that is said of the state, and the engines' own checks of it. */
function look(history: History): string {
  const { state } = history;
  const series = new SeriesRecorder();
  series.record(state);
  const { finished } = history;
  return [
    ...layoutText(state),
    ...statsText(state),
    describeMemory(state),
    JSON.stringify(endRecord(state, history.problems, true)),
    JSON.stringify(buildSnapshot({ history, title: "x", series }), (_, value: unknown) =>
      value instanceof Uint8Array ? value.length : value,
    ),
    String(finished),
  ].join("\n");
}

/** A script runs, whatever it says: it is described at every step, looks the same when it is seen again, and nothing breaks. */
function runEverywhere(lines: readonly string[]): void {
  const program = parse(lines.join("\n"));
  const history = new History(program, { limits, overrides: new Map() });
  const records = [""];
  for (let record = history.stepForward(); record !== undefined; record = history.stepForward()) {
    records.push(JSON.stringify(toJsonRecord(record)));
  }
  const end = look(history);
  const { reached } = history;
  for (const share of [0.3, 0.9, 0.1, 0.6]) {
    const position = Math.max(1, Math.floor(reached * share));
    history.seek(position);
    if (position <= reached && reached > 0)
      assert.equal(JSON.stringify(toJsonRecord(history.record!)), records[position]);
  }
  history.seek(Math.floor(reached / 2));
  look(history);
  history.seek(reached);
  assert.equal(look(history), end, "the end looks the same when it is reached again");
  checkInvariants(program);
}

function checkInvariants(program: ReturnType<typeof parse>): void {
  const machine = new Machine(program, { limits, overrides: new Map() });
  while (machine.stepQuietly());
  assert.deepEqual(machine.checkInvariants(), []);
}

function keepMeaning(lines: readonly string[]): void {
  const text = lines.join("\n");
  for (const alignColumns of [false, true]) {
    const once = format(text, { alignColumns });
    assert.equal(format(once, { alignColumns }), once);
    assert.deepEqual(showProgram(parse(once)), showProgram(parse(text)));
  }
}

export const scripts = target({ name: "scripts", input: hostileLines, check: runEverywhere });

/** With the limits that users have: a line is refused or done soon. */
export const declarations = target({
  name: "declarations",
  input: hostileDeclarations,
  check: (lines) => {
    const machine = new Machine(parse(lines.join("\n")), {
      limits: { ...defaultLimits, steps: 100 },
      overrides: new Map(),
    });
    while (machine.stepQuietly());
    layoutText(machine.state);
  },
});

export const formatting = target({
  name: "formatting",
  input: fc.oneof(hostileLines, hostileDeclarations),
  check: keepMeaning,
});
