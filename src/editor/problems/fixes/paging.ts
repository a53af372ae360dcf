import type { Program } from "../../../language/parsing/syntax";
import { statementAt, statementsYielding } from "../../../language/parsing/statementsByLine";
import { runToEnd } from "../../../language/coroutines";
import type { ProblemOf } from "../../../machine/problems/Problem";
import { deleteLine, insertBefore, loopsAround, numberOf, operandOn, replace, sourceText, type Fix } from "./edits";

/** Maps the page that nothing maps, once: before the loops that touch it. */
export function pageFaultFixes({ line, facts }: ProblemOf<"page-fault">, program: Program): Fix[] {
  return facts.kind === "not-mapped" ? [insertBefore(program, outside(program, line), `map ${facts.page}`)] : [];
}

/** Adds the missing permission to those that the page has. */
export function protectionFixes({ line, facts }: ProblemOf<"protection-fault">, program: Program): Fix[] {
  const letters = facts.permits.replaceAll("-", "") + facts.needs;
  return [insertBefore(program, line, `protect ${facts.page} ${letters}`)];
}

export function alreadyMappedFixes({ line, facts }: ProblemOf<"already-mapped">, program: Program): Fix[] {
  return [insertBefore(program, line, `unmap ${facts.page}`)];
}

/** Without `-> FRAME` the lowest free frame is taken. */
export function frameFixes({ line }: ProblemOf<"invalid-frame" | "frame-in-use">, program: Program): Fix[] {
  const page = operandOn(program, line, "page");
  const frame = operandOn(program, line, "frame");
  if (page === undefined || frame === undefined) return [];
  const edit = { kind: "replace", line, column: page.span.end, endColumn: frame.span.end, newText: "" } as const;
  return [{ kind: "drop-frame", word: "", line, edits: [edit] }];
}

/** An `unmap` of nothing goes; anything else gets its page. */
export function notMappedFixes({ line, facts }: ProblemOf<"not-mapped">, program: Program): Fix[] {
  const verb = statementAt(program, line)?.verb;
  if (verb === "unmap") return [deleteLine(line)];
  return verb === "protect" && facts.more === 0 ? [insertBefore(program, line, `map ${facts.page}`)] : [];
}

/** Twice the frames. */
export function outOfFramesFixes({ line }: ProblemOf<"out-of-frames">, program: Program): Fix[] {
  return enlarged(program, line, "frames");
}

/** Twice the swap space, or twice the frames. */
export function outOfSwapFixes({ line }: ProblemOf<"out-of-swap">, program: Program): Fix[] {
  return [...enlarged(program, line, "swap"), ...enlarged(program, line, "frames")];
}

/** The multiples of the huge page's size at or below the page and the frame. */
export function unalignedPageFixes({ line, facts }: ProblemOf<"unaligned-page">, program: Program): Fix[] {
  const { unit } = facts;
  const page = operandOn(program, line, "page") ?? operandOn(program, line, "pages");
  const frame = operandOn(program, line, "frame");
  const number = numberOf(page);
  if (page === undefined || number === null) return [];
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
  const vm = runToEnd(statementsYielding(program, ({ verb }) => verb === "vm"))
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
