import assert from "node:assert/strict";
import fc from "fast-check";
import { IncrementalRun, type IncrementalResult } from "../../../src/editor/runs/IncrementalRun";
import type { WorkHost } from "../../../src/language/coroutines";
import { ProgramDocument } from "../../../src/language/parsing/ProgramDocument";
import { typingLimits } from "../../../src/machine/run/limits";
import { hostileLines } from "../generators/scripts";
import { target } from "../target";

/** Places are shares of the text, so that an edit means something whatever the edits before it were. */
interface Edit {
  readonly line: number;
  readonly column: number;
  readonly lines: number;
  readonly text: string;
  /** Looks at the clock after which the run of this version is given up. */
  readonly patience: number;
  /** Whether the next edit comes before this version has run. */
  readonly isHasty: boolean;
}

interface Session {
  readonly script: readonly string[];
  readonly edits: readonly Edit[];
}

const options = {
  limits: { ...typingLimits, steps: 500, residentMemory: 16 * 1024 ** 2, blocks: 20_000 },
  overrides: new Map<string, string>(),
};
const budget = { steps: 500, milliseconds: 1e9 };

/** Each look at the clock takes a millisecond: how long anything takes does not depend on the computer. */
class LookingHost implements WorkHost {
  readonly sliceMilliseconds = 3;
  private looks = 0;

  constructor(private readonly patience: number) {}

  now(): number {
    return this.looks++;
  }
  pause(): Promise<void> {
    return Promise.resolve();
  }
  cancelled(): boolean {
    return this.looks > this.patience;
  }
}

const edit: fc.Arbitrary<Edit> = fc.record({
  line: fc.double({ min: 0, max: 1, noNaN: true }),
  column: fc.double({ min: 0, max: 1, noNaN: true }),
  lines: fc.nat(3),
  text: fc.oneof(
    fc.constantFrom("", "#", " ", "\n", "\r\n", "a = alloc 8\n", "free a\n", "end\n", "repeat 2\n", "x"),
    hostileLines.map((lines) => lines.slice(0, 3).join("\n")),
  ),
  patience: fc.oneof(fc.nat(20), fc.nat(400)),
  isHasty: fc.boolean(),
});

function apply(script: ProgramDocument, { line, column, lines, text }: Edit): void {
  const first = Math.floor(line * (script.lineCount - 1));
  const last = Math.min(first + lines, script.lineCount - 1);
  const columnOf = (at: number, share: number): number => Math.floor(share * script.lineAt(at).length);
  const start = { line: first, column: columnOf(first, last === first ? column / 2 : column) };
  script.edit({ start, end: { line: last, column: columnOf(last, last === first ? 0.5 + column / 2 : column) }, text });
}

function facts({ problems, outcome, history, program }: IncrementalResult): unknown {
  return { problems, outcome, reached: history.reached, lines: program.lines };
}

/** However a script is edited, and whenever its runs are given up, it comes to what running its last version gives. */
async function edited({ script: lines, edits }: Session): Promise<void> {
  const script = new ProgramDocument(lines.join("\n"));
  const run = new IncrementalRun();
  const updates: Promise<unknown>[] = [];
  for (const each of edits) {
    updates.push(run.update(script, options, budget, new LookingHost(each.patience)));
    if (!each.isHasty) await Promise.all(updates.splice(0));
    apply(script, each);
  }
  await Promise.all(updates);
  const result = await run.update(script, options, budget, new LookingHost(Infinity));
  const text = script.program().lines.join("\n");
  const fresh = await new IncrementalRun().update(
    new ProgramDocument(text),
    options,
    budget,
    new LookingHost(Infinity),
  );
  assert.deepEqual(facts(result!), facts(fresh!));
}

export const edits = target({
  name: "edits",
  input: fc.record({ script: hostileLines, edits: fc.array(edit, { maxLength: 8 }) }),
  check: edited,
});
