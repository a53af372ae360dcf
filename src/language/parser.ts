import { LoopBuilder } from "./loops";
import { parseLine } from "./statements";
import type { Program, SyntaxProblem } from "./syntax";

/** Lines beyond this are not read: one problem says so. */
export const maximumLines = 1_000_000;
/** Problems beyond this are not listed: binary files would have one a line. */
export const maximumProblems = 1_000;

/** Parses a script. Never throws; a bad line is one problem and the other lines still run. Linear in the text's length. */
export function parse(text: string): Program {
  const lines = splitLines(text, maximumLines + 1);
  const isCut = lines.length > maximumLines;
  if (isCut) lines.pop();
  const problems: SyntaxProblem[] = [];
  const loops = new LoopBuilder();
  let omitted = 0;
  for (const [line, source] of lines.entries()) {
    const result = parseLine(source, line);
    if (result.kind === "statement") loops.add(result.statement);
    else if (result.kind === "problem") {
      if (result.verb === "repeat") loops.addBroken(source, line);
      if (problems.length < maximumProblems) problems.push({ ...result.failure, line, related: [] });
      else omitted += 1;
    }
  }
  const { instructions, problems: loopProblems } = loops.finish();
  for (const problem of loopProblems) {
    if (problems.length < 2 * maximumProblems) problems.push(problem);
    else omitted += 1;
  }
  problems.sort((a, b) => a.line - b.line);
  const last = Math.max(lines.length - 1, 0);
  if (omitted > 0)
    problems.push(limit(last, `${omitted} more lines are not understood; only the first mistakes are listed.`));
  if (isCut) problems.push(limit(last, `A script has at most ${maximumLines} lines; what follows was not read.`));
  return { text, lines, instructions, problems };
}

function limit(line: number, message: string): SyntaxProblem {
  return { id: "limit-exceeded", line, span: { start: 0, end: 1 }, message, related: [] };
}

/** Splits at \n, \r\n and \r, drops a leading byte-order mark, and stops after `maximum` lines. */
export function splitLines(text: string, maximum = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let at = start; at < text.length && lines.length < maximum; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x0a && code !== 0x0d) continue;
    lines.push(text.slice(start, at));
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1;
    start = at + 1;
  }
  if (lines.length < maximum) lines.push(text.slice(start));
  return lines;
}
