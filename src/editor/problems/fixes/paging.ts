import type { Program } from "../../../language/parsing/syntax";
import { statementAt, statementsYielding } from "../../../language/parsing/statementsByLine";
import { runToEnd } from "../../../language/coroutines";
import type { ProblemOf } from "../../../machine/problems/Problem";
import { deleteLine, insertBefore, loopsAround, numberOf, operandOn, replace, sourceText, type Fix } from "./edits";

/** Maps the page that nothing maps, once: before the loops that touch it. Under Svade sets the bit that is clear. */
export function pageFaultFixes({ line, facts }: ProblemOf<"page-fault">, program: Program): Fix[] {
  if (facts.kind === "clear-bit") {
    return [insertBefore(program, line, `pte ${facts.page} set="${facts.access === "write" ? "A D" : "A"}"`)];
  }
  return facts.kind === "not-mapped" ? [insertBefore(program, outside(program, line), `map ${facts.page}`)] : [];
}

/** Adds the missing permission to those that the page has, or lifts the processor's rule. */
export function protectionFixes({ line, facts }: ProblemOf<"protection-fault">, program: Program): Fix[] {
  const { rule, permits, needs, page } = facts;
  if (rule !== undefined && rule !== "supervisor-page") return [insertBefore(program, line, `mode ${lifted[rule]}`)];
  const letters = permits.replaceAll("-", "");
  const missing = rule === undefined || letters.includes(needs) ? "" : needs;
  const wanted = rule === undefined ? letters + needs : `${letters}${missing}u`;
  return [insertBefore(program, line, `protect ${page} ${wanted}`)];
}

/** What lifts a rule about user pages. */
const lifted = { smep: "smep=off", smap: "ac=on", "user-code": "user", sum: "sum=on" } as const;

/** Forgets the translation before it is used. */
export function staleTranslationFixes({ line, facts }: ProblemOf<"stale-translation">, program: Program): Fix[] {
  return [insertBefore(program, line, `flush ${facts.page}`)];
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
