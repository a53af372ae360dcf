import type { Operand, Program, Statement } from "../../../language/parsing/syntax";
import { statementAt, statementsInTurns } from "../../../language/parsing/statementsByLine";
import { runToEnd } from "../../../language/coroutines";
import { occurrencesOf } from "../../../language/services/symbols";
import type { Problem } from "../../../machine/records/records";
import { insertBefore, numberOf, operandOn, replace, sourceText, type Fix } from "./edits";

/** A larger block where it is allocated, or an access that stays within the block as it is. */
export function overflowFixes({ line, message, related }: Problem, program: Program): Fix[] {
  const past = /of (\d+) bytes? goes (\d+) bytes? past the end of the (\d+)-byte/.exec(message);
  const behind = /of (\d+) bytes?, (\d+) bytes? after the (\d+)-byte/.exec(message);
  const [, length, distance, size] = (past ?? behind ?? []).map(Number);
  const origin = related.at(0)?.line;
  const fixes: Fix[] = [];
  const given = origin === undefined ? undefined : operandOn(program, origin, "size");
  if (origin !== undefined && statementAt(program, origin)?.verb === "alloc" && given !== undefined && 0 < size) {
    const needed = size + distance + (past === null ? length : 0);
    fixes.push(replace(origin, given.span, String(needed)));
  }
  const room = past === null ? 0 : length - distance;
  const accessed = operandOn(program, line, "length");
  if (accessed !== undefined && 0 < room) fixes.push(replace(line, accessed.span, String(room)));
  const written = operandOn(program, line, "value");
  if (written?.kind === "string" && 0 < room && /^[\x20-\x7e]+$/.test(written.text)) {
    const quoted = written.text.slice(0, room).replace(/["\\]/g, "\\$&");
    fixes.push(replace(line, written.span, `"${quoted}"`));
  }
  return fixes;
}

/** The first byte of the block in place of one before it, where the access then stays within the block. */
export function underflowFixes({ line, message }: Problem, program: Program): Fix[] {
  const match = /of (\d+) bytes?, \d+ bytes? before the (\d+)-byte block `([^`]+)`/.exec(message);
  const statement = statementAt(program, line);
  if (match === null || statement === undefined || Number(match[1]) > Number(match[2])) return [];
  return Object.values(statement.operands).flatMap((operand) => {
    const { expression } = operand.kind === "expression" ? operand : { expression: undefined };
    if (expression?.kind !== "binary" || expression.operator !== "-") return [];
    const block = sourceText(program, line, expression.left.span);
    return block === match[3] ? [replace(line, operand.span, block)] : [];
  });
}

/** Compaction where it would be enough, else or also a larger heap. */
export function outOfMemoryFixes({ line, message }: Problem, program: Program): Fix[] {
  const fixes: Fix[] = [];
  const heap = /: `([^`]+)` has/.exec(message)?.[1];
  if (/`defrag` would make one hole of \d+ bytes, enough/.test(message)) {
    fixes.push(insertBefore(program, line, "defrag"));
  }
  const asked = Number(
    /a block of (\d+) with its header/.exec(message)?.[1] ?? /no room for (\d+) bytes/.exec(message)?.[1],
  );
  const declaration = runToEnd(statementsInTurns(program, ({ verb }) => verb === "heap")).find(
    ({ statement, line: at }) => at <= line && nameOf(statement) === heap,
  );
  const size = numberOf(declaration?.statement.operands["size"]);
  if (declaration !== undefined && size !== null && 0 < asked) {
    const needed = 2 ** Math.ceil(Math.log2(size + asked));
    fixes.push(replace(declaration.line, declaration.statement.operands["size"].span, sizeText(needed)));
  }
  return fixes;
}

/** Twice the blocks. */
export function poolExhaustedFixes({ message }: Problem, program: Program): Fix[] {
  const pool = /in pool `([^`]+)`/.exec(message)?.[1];
  const count = pool === undefined ? undefined : declaredOperand(program, pool, "count");
  const value = numberOf(count?.operand);
  return count === undefined || value === null ? [] : [replace(count.line, count.operand.span, String(2 * value))];
}

/** Blocks of the pool that are large enough, else a size that fits; a size that lost its sign gets it back. */
export function invalidSizeFixes({ line, message }: Problem, program: Program): Fix[] {
  const size = operandOn(program, line, "size");
  if (size === undefined) return [];
  const negative = /The size is -(\d+),/.exec(message)?.[1];
  if (negative !== undefined) return [replace(line, size.span, negative)];
  const misfit = /^(\d+) bytes do not fit: the blocks of pool `([^`]+)` have (\d+) bytes/.exec(message);
  if (misfit === null) return [];
  const [, asked, pool, room] = misfit;
  const declared = declaredOperand(program, pool, "size");
  const larger = declared === undefined ? [] : [replace(declared.line, declared.operand.span, asked)];
  return [...larger, replace(line, size.span, room)];
}

/** The nearest power of two in place of an `align=` that is none; of two equally near the larger one. */
export function alignmentFixes({ line, message }: Problem, program: Program): Fix[] {
  const value = statementAt(program, line)?.options["align"]?.value;
  const given = Number(/alignment (\d+) is not a power of two/.exec(message)?.[1]);
  if (value === undefined || !(given >= 1)) return [];
  const below = 2 ** Math.floor(Math.log2(given));
  const word = String(given - below < 2 * below - given ? below : 2 * below);
  return [replace(line, value.span, word)];
}

function declaredOperand(
  program: Program,
  name: string,
  operand: string,
): { readonly line: number; readonly operand: Operand } | undefined {
  const definition = occurrencesOf(program, name).find(({ role }) => role === "definition");
  const found = definition === undefined ? undefined : operandOn(program, definition.line, operand);
  return definition === undefined || found === undefined ? undefined : { line: definition.line, operand: found };
}

/** The name that a heap was given, or has without one. */
function nameOf(statement: Statement): string {
  const name = (statement.operands as Readonly<Partial<Statement["operands"]>>)["name"];
  return name?.kind === "word" ? name.word : "heap";
}

/** As a person would write it: `64KiB`. */
function sizeText(bytes: number): string {
  if (bytes % 2 ** 20 === 0) return `${bytes / 2 ** 20}MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024}KiB` : String(bytes);
}
