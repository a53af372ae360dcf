import type { Operand, Program, Statement } from "../../../language/parsing/syntax";
import { statementAt, statementsYielding } from "../../../language/parsing/statementsByLine";
import { runToEnd } from "../../../language/coroutines";
import { occurrencesOf } from "../../../language/services/symbols";
import type { ProblemOf } from "../../../machine/problems/Problem";
import { insertBefore, numberOf, operandOn, replace, sourceText, type Fix } from "./edits";

/** A larger block where it is allocated, or an access that stays within the block as it is. */
export function overflowFixes({ line, facts }: ProblemOf<"heap-overflow">, program: Program): Fix[] {
  const { address, length, block } = facts;
  const fixes: Fix[] = [];
  const given = operandOn(program, block.line, "size");
  if (statementAt(program, block.line)?.verb === "alloc" && given !== undefined) {
    fixes.push(replace(block.line, given.span, String(address + length - block.address)));
  }
  const room = block.address + block.requested - address;
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
export function underflowFixes({ line, facts }: ProblemOf<"heap-underflow">, program: Program): Fix[] {
  const { handle, requested } = facts.block;
  const statement = statementAt(program, line);
  if (handle === null || statement === undefined || facts.length > requested) return [];
  return Object.values(statement.operands).flatMap((operand) => {
    const { expression } = operand.kind === "expression" ? operand : { expression: undefined };
    if (expression?.kind !== "binary" || expression.operator !== "-") return [];
    const block = sourceText(program, line, expression.left.span);
    return block === handle ? [replace(line, operand.span, block)] : [];
  });
}

/** Compaction where it would be enough, else or also a larger heap. */
export function outOfMemoryFixes({ line, facts }: ProblemOf<"out-of-memory">, program: Program): Fix[] {
  if (facts.kind !== "heap") return [];
  const { heap, policy, requested, parts, shortage } = facts;
  const fixes: Fix[] = [];
  if (shortage?.compactionServes === true && policy !== "buddy") fixes.push(insertBefore(program, line, "defrag"));
  const needed = shortage !== null && parts.header ? shortage.need : requested;
  const declaration = runToEnd(statementsYielding(program, ({ verb }) => verb === "heap")).find(
    ({ statement, line: at }) => at <= line && nameOf(statement) === heap,
  );
  const written = declaration?.statement.operands["size"];
  const size = numberOf(written);
  if (declaration !== undefined && written !== undefined && size !== null) {
    const enough = 2 ** Math.ceil(Math.log2(size + needed));
    fixes.push(replace(declaration.line, written.span, sizeText(enough)));
  }
  return fixes;
}

/** Twice the blocks. */
export function poolExhaustedFixes({ facts }: ProblemOf<"pool-exhausted">, program: Program): Fix[] {
  const { kind, name } = facts.region;
  const count = kind === "pool" ? declaredOperand(program, name, "count") : undefined;
  const value = numberOf(count?.operand);
  return count === undefined || value === null ? [] : [replace(count.line, count.operand.span, String(2 * value))];
}

/** Blocks of the pool that are large enough, else a size that fits; a size that lost its sign gets it back. */
export function invalidSizeFixes({ line, facts }: ProblemOf<"invalid-size">, program: Program): Fix[] {
  const size = operandOn(program, line, "size");
  if (size === undefined) return [];
  if (facts.kind === "not-whole" && facts.what === "size" && facts.inC !== null) {
    return [replace(line, size.span, String(-facts.value))];
  }
  if (facts.kind !== "misfit" || facts.region.kind !== "pool") return [];
  const declared = declaredOperand(program, facts.region.name, "size");
  const larger = declared === undefined ? [] : [replace(declared.line, declared.operand.span, String(facts.size))];
  return [...larger, replace(line, size.span, String(facts.blockSize))];
}

/** The nearest power of two in place of an `align=` that is none; of two equally near the larger one. */
export function alignmentFixes({ line, facts }: ProblemOf<"misaligned">, program: Program): Fix[] {
  const value = statementAt(program, line)?.options["align"]?.value;
  if (value === undefined || facts.kind !== "not-power-of-two" || facts.align < 1) return [];
  const given = facts.align;
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
