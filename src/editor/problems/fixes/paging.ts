import type { Program } from "../../../language/parsing/syntax";
import { statementAt, statementsInTurns } from "../../../language/parsing/statementsByLine";
import { runToEnd } from "../../../language/coroutines";
import type { Problem } from "../../../machine/records/records";
import { deleteLine, insertBefore, loopsAround, numberOf, operandOn, replace, sourceText, type Fix } from "./edits";

/** Maps the page that nothing maps, once: before the loops that touch it. */
export function pageFaultFixes({ line, message }: Problem, program: Program): Fix[] {
  const page = /page (\d+) is not mapped\.$/.exec(message)?.[1];
  return page === undefined ? [] : [insertBefore(program, outside(program, line), `map ${page}`)];
}

/** Adds the missing permission to those that the page has. */
export function protectionFixes({ line, message }: Problem, program: Program): Fix[] {
  const match = /page (\d+) permits `([a-z-]+)`, and this needs `([a-z])`/.exec(message);
  if (match === null) return [];
  const [, page, given, needed] = match;
  const letters = given.replaceAll("-", "") + needed;
  return [insertBefore(program, line, `protect ${page} ${letters}`)];
}

export function alreadyMappedFixes({ line, message }: Problem, program: Program): Fix[] {
  const page = /^page (\d+) is mapped/.exec(message)?.[1];
  return page === undefined ? [] : [insertBefore(program, line, `unmap ${page}`)];
}

/** Without `-> FRAME` the lowest free frame is taken. */
export function frameFixes({ line }: Problem, program: Program): Fix[] {
  const page = operandOn(program, line, "page");
  const frame = operandOn(program, line, "frame");
  if (page === undefined || frame === undefined) return [];
  const edit = { kind: "replace", line, column: page.span.end, endColumn: frame.span.end, newText: "" } as const;
  return [{ kind: "drop-frame", word: "", line, edits: [edit] }];
}

/** An `unmap` of nothing goes; anything else gets its page. */
export function notMappedFixes({ line, message }: Problem, program: Program): Fix[] {
  const verb = statementAt(program, line)?.verb;
  const page = /^page (\d+) is not mapped/.exec(message)?.[1];
  if (verb === "unmap") return [deleteLine(line)];
  return verb === "protect" && page !== undefined ? [insertBefore(program, line, `map ${page}`)] : [];
}

/** Twice the frames. */
export function outOfFramesFixes({ line }: Problem, program: Program): Fix[] {
  return enlarged(program, line, "frames");
}

/** Twice the swap space, or twice the frames. */
export function outOfSwapFixes({ line }: Problem, program: Program): Fix[] {
  return [...enlarged(program, line, "swap"), ...enlarged(program, line, "frames")];
}

/** The multiples of the huge page's size at or below the page and the frame. */
export function unalignedPageFixes({ line, message }: Problem, program: Program): Fix[] {
  const unit = Number(/multiples of (\d+), not at page \d+/.exec(message)?.[1]);
  const page = operandOn(program, line, "page") ?? operandOn(program, line, "pages");
  const frame = operandOn(program, line, "frame");
  const number = numberOf(page);
  if (page === undefined || number === null || !(unit >= 1)) return [];
  const aligned = String(number - (number % unit));
  if (frame === undefined) return [replace(line, page.span, aligned)];
  const held = numberOf(frame);
  if (held === null) return [];
  const between = sourceText(program, line, { start: page.span.end, end: frame.span.start });
  const span = { start: page.span.start, end: frame.span.end };
  return [replace(line, span, `${aligned}${between}${held - (held % unit)}`)];
}

/** Twice the number that an option of the vm has, 1 for 0. */
function enlarged(program: Program, line: number, option: string): Fix[] {
  const vm = runToEnd(statementsInTurns(program, ({ verb }) => verb === "vm"))
    .filter(({ line: at }) => at <= line)
    .at(-1);
  const given = vm?.statement.options[option]?.value;
  const value = numberOf(given);
  if (vm === undefined || given === undefined || value === null) return [];
  return [replace(vm.line, given.span, String(Math.max(1, 2 * value)))];
}

function outside(program: Program, line: number): number {
  return loopsAround(program, line).at(0)?.start ?? line;
}
