/**
 * `typing.js top|middle|end LINES [kept]`: types a statement into a script, letter by letter, and removes it again; after every
 * key the script is run as the editor does it. Work is time of the processor. A stretch is what happens between two
 * pauses; as nothing else is answered meanwhile, it is taken by the clock. With `kept` every line allocates a block that
 * is never freed.
 */
import { IncrementalRun } from "../../../src/editor/runs/IncrementalRun";
import { editorHost } from "../../../src/editor/runs/editorHost";
import { ProgramDocument } from "../../../src/language/parsing/ProgramDocument";
import { typingLimits } from "../../../src/machine/run/limits";
import { quantile } from "../statistics";
import { tell } from "../workerProcess";

const [place, lineCount, kind] = process.argv.slice(2);
const typed = "\nx = alloc 48\nfree x";
/** As in the editor. */
const budget = { steps: typingLimits.steps, milliseconds: 60_000 };
const options = { limits: typingLimits, overrides: new Map<string, string>() };

/** Blocks that live for a while, are written, read and freed; a comment now and then. */
function scriptOf(lines: number): string {
  const text = ["heap 16MiB"];
  for (let block = 0; text.length < lines; block++) {
    text.push(`b[${block}] = alloc ${16 + (block % 97)}`, `write b[${block}] "hello"`, `read b[${block}] 5`);
    if (block >= 40) text.push(`free b[${block - 40}]`);
    if (block % 10 === 0) text.push("# ten more");
  }
  return text.slice(0, lines).join("\n");
}

function keptScriptOf(lines: number): string {
  return [
    "heap 64MiB",
    ...Array.from({ length: lines - 1 }, (_, block) => `b[${block}] = alloc ${16 + (block % 97)}`),
  ].join("\n");
}

let stretchBegan = 0;
let longestStretch = 0;
const host = {
  ...editorHost(),
  pause: () => {
    endStretch();
    return new Promise<void>((resolve) =>
      setImmediate(() => {
        stretchBegan = performance.now();
        resolve();
      }),
    );
  },
};

function endStretch(): void {
  longestStretch = Math.max(longestStretch, performance.now() - stretchBegan);
}

/** Milliseconds, the threads of the collector of garbage and of the compiler included. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function main(): Promise<void> {
  const document = new ProgramDocument((kind === "kept" ? keptScriptOf : scriptOf)(Number(lineCount)));
  const run = new IncrementalRun();
  const line = { top: 1, middle: Math.floor(document.lineCount / 2), end: document.lineCount - 1 }[place]!;
  const end = { line, column: document.lineAt(line).length };
  let problems = 0;
  const press = async (change: () => void): Promise<{ work: number; longest: number }> => {
    longestStretch = 0;
    stretchBegan = performance.now();
    const began = processorTime();
    change();
    const result = await run.update(document, options, budget, host);
    endStretch();
    problems += result!.problems.length;
    return { work: processorTime() - began, longest: longestStretch };
  };
  await press(() => undefined);
  const keys: { work: number; longest: number }[] = [];
  for (const letter of typed) {
    const start = placeAfter(end, typed.slice(0, keys.length));
    keys.push(await press(() => document.edit({ start, end: start, text: letter })));
  }
  for (let length = typed.length; length > 0; length--) {
    const start = placeAfter(end, typed.slice(0, length - 1));
    keys.push(await press(() => document.edit({ start, end: placeAfter(end, typed.slice(0, length)), text: "" })));
  }
  const works = keys.map(({ work }) => work);
  const longest = keys.map((key) => key.longest);
  tell({
    keys: keys.length,
    problems,
    work: [quantile(works, 0.5), quantile(works, 0.99)],
    longest: [quantile(longest, 0.5), quantile(longest, 0.99)],
  });
}

/** The place behind a text that stands at another place. */
function placeAfter(start: { line: number; column: number }, text: string): { line: number; column: number } {
  const lines = text.split("\n");
  const last = lines[lines.length - 1].length;
  return { line: start.line + lines.length - 1, column: lines.length === 1 ? start.column + last : last };
}

void main();
