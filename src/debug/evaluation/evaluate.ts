import { syntaxMessage } from "../../language/parsing/syntaxProblems";
import { toHex } from "../../engine/address";
import { parseExpression } from "../../language/parsing/expressions";
import { parseLine } from "../../language/parsing/statements";
import { englishWords, type Words } from "../../language/Words";
import { readOnlyVerbs } from "../../language/vocabulary/vocabulary";
import type { Expression, Operand } from "../../language/parsing/syntax";
import type { MachineState } from "../../machine/run/MachineState";
import { freeReportLines } from "../../machine/freeing/freeCheck";
import { cacheNode } from "../../machine/inspect/cacheNodes";
import { linkName } from "../../machine/problems/heapCorruption";
import { layoutText } from "../../machine/inspect/layoutText";
import { heapNode, poolNode } from "../../machine/inspect/regionNodes";
import { statsText } from "../../machine/inspect/statsText";
import { walkText } from "../../machine/walk/text";
import { walkAddress } from "../../machine/walk/walk";
import { canBeAddress } from "./addressExpressions";
import { failures } from "../protocol/failures";
import { type ValueFormat, hexBytes, printable } from "../protocol/format";
import { showHandle } from "../variables/handles";
import { showNode } from "../variables/nodes";
import type { ShownValue } from "../variables/store";

/** Bytes that `read` shows at most; the hex editor shows more. */
const longestRead = 4096;
/** Of a `free` it is said what it would do. */
const readOnlyStatements = [...readOnlyVerbs, "free"];

/** A condition or log expression, parsed once; `error` is the sentence to show. */
export function compileExpression(text: string): { readonly expression: Expression } | { readonly error: string } {
  const result = parseExpression(text);
  return result.kind === "expression"
    ? { expression: result.expression }
    : { error: syntaxMessage(result, englishWords) };
}

/**
 * Evaluates what is typed into watch, hover or console: an expression, the name of a handle, heap or pool, or one of
 * the read-only statements. Never changes the machine, its counters or its page-table bits.
 */
export function evaluate(
  state: MachineState,
  text: string,
  context: string,
  format: ValueFormat,
  words = englishWords,
): ShownValue {
  const source = text.trim();
  const verb = /^[a-z]+/i.exec(source)?.[0] ?? "";
  if (context !== "hover" && readOnlyStatements.includes(verb) && state.handle(verb) === undefined) {
    return { name: source, value: runReadOnly(state, source, verb, words) };
  }
  const shown = namedValue(state, source, format) ?? expressionValue(state, source, format);
  // A copied pointer is its address alone, which can be pasted into a script or a memory view.
  return context === "clipboard" && shown.type === "pointer" ? { ...shown, value: shown.memoryReference! } : shown;
}

/** Whether a text of the console is a statement that changes something, to be tried on a copy. */
export function isStatement(state: MachineState, text: string): boolean {
  const source = text.trim();
  const verb = /^[a-z]+/i.exec(source)?.[0] ?? "";
  if (state.handle(source) !== undefined || parseLine(source).kind !== "statement") return false;
  return verb === "free" || !readOnlyStatements.includes(verb);
}

function namedValue(state: MachineState, name: string, format: ValueFormat): ShownValue | undefined {
  const handle = state.handle(name);
  if (handle !== undefined) return showHandle(state, handle, format);
  const heap = state.heaps.get(name);
  if (heap !== undefined) return showNode(heapNode(state, heap), format);
  const pool = state.pools.get(name);
  if (pool !== undefined) return showNode(poolNode(state, pool), format);
  const cache = state.caches?.cacheNamed(name);
  return cache === undefined ? undefined : showNode(cacheNode(cache), format);
}

function expressionValue(state: MachineState, source: string, format: ValueFormat): ShownValue {
  const compiled = compileExpression(source);
  if ("error" in compiled) {
    const line = parseLine(source);
    // Two words side by side are meant as a statement, and its mistake says more.
    const isSentence = /^[a-z]\w*\s+[\w"]/i.test(source);
    if (line.kind === "problem" && isSentence) throw failures.cannotEvaluate(syntaxMessage(line.failure, englishWords));
    if (line.kind !== "statement") throw failures.cannotEvaluate(compiled.error);
    throw failures.cannotEvaluate(
      `'${line.statement.verb}' would change memory: try it in the debug console, on a copy. Here you can use expressions and ${readOnlyStatements.join(", ")}.`,
    );
  }
  const result = state.evaluate(compiled.expression);
  if ("error" in result) throw failures.cannotEvaluate(result.error);
  if (typeof result.value === "boolean") return { name: source, value: String(result.value), type: "condition" };
  const shown = { name: source, value: format.number(result.value), type: "number" };
  const isAddress = canBeAddress(state, compiled.expression) && state.peek(result.value, 1) !== undefined;
  return isAddress ? { ...shown, value: toHex(result.value), memoryReference: toHex(result.value) } : shown;
}

function runReadOnly(state: MachineState, source: string, verb: string, words: Words): string {
  const parsed = parseLine(source);
  if (parsed.kind !== "statement") {
    throw failures.cannotEvaluate(
      parsed.kind === "problem" ? syntaxMessage(parsed.failure, englishWords) : "Nothing to evaluate.",
    );
  }
  const operands = Object.values(parsed.statement.operands);
  const number = (index: number): number => {
    const operand = operands.at(index);
    if (operand?.kind !== "expression") throw failures.cannotEvaluate(`'${verb}' needs a number here.`);
    const result = state.evaluate(operand.expression);
    if ("error" in result) throw failures.cannotEvaluate(result.error);
    return Number(result.value);
  };
  const first = operands.at(0);
  if (verb === "free") return freeText(state, first, words);
  const region = first?.kind === "word" ? first.word : undefined;
  if (region !== undefined && !state.heaps.has(region) && !state.pools.has(region)) {
    throw failures.cannotEvaluate(`There is no heap or pool '${region}' here.`);
  }
  switch (verb) {
    case "translate":
      return translateText(state, number(0), words);
    case "read":
      return readText(state, number(0), operands.length < 2 ? 1 : number(1));
    case "layout":
      return textOrNone(layoutText(state, region));
    case "check":
      return checkText(state, region);
    default:
      return textOrNone(statsText(state, region));
  }
}

/** Why `free` would fail here, or that it would not: its verdict, then check by check. */
function freeText(state: MachineState, block: Operand | undefined, words: Words): string {
  if (block?.kind !== "expression") throw failures.cannotEvaluate("'free' needs a handle or an address here.");
  const report = state.checkFree(block.expression, words);
  if ("error" in report) throw failures.cannotEvaluate(report.error);
  return freeReportLines(report).join("\n");
}

function textOrNone(lines: readonly string[]): string {
  return lines.length === 0 ? "There is no heap, pool or virtual memory yet." : lines.join("\n");
}

function translateText(state: MachineState, address: number, words: Words): string {
  const walk = walkAddress(state, address);
  if (walk === null) return `${toHex(address)} (there is no vm: addresses are physical)`;
  const { end } = walk;
  const result = end.kind === "reached" ? toHex(end.physical) : "nowhere";
  return [`${toHex(address)} -> ${result}`, ...walkText(walk, words)].join("\n");
}

function readText(state: MachineState, address: number, length: number): string {
  const bytes = state.peek(address, Math.max(0, Math.min(length, longestRead)));
  if (bytes === undefined) throw failures.cannotEvaluate(`Nothing answers at ${toHex(address)}.`);
  return `${hexBytes(bytes)}  ${printable(bytes)}`;
}

/** What is wrong in the region, or anywhere. */
function checkText(state: MachineState, region: string | undefined): string {
  const isWanted = (name: string): boolean => region === undefined || region === name;
  const sentences: string[] = [];
  for (const [name, heap] of state.heaps) {
    if (!isWanted(name)) continue;
    for (const broken of heap.checkInvariants()) sentences.push(broken);
    for (const damage of heap.headerDamage(heap.base, heap.end).slice(0, 20)) {
      sentences.push(
        `The ${damage.field} field of the block at ${toHex(damage.block.address)} holds ${damage.found} instead of ${damage.expected}.`,
      );
    }
  }
  for (const [name, pool] of state.pools) {
    if (!isWanted(name)) continue;
    for (const broken of pool.checkInvariants()) sentences.push(broken);
    for (const damage of pool.linkDamage(pool.base, pool.end).slice(0, 20)) {
      sentences.push(
        `In ${name}, ${linkName(damage, englishWords)} holds ${damage.found} instead of ${damage.expected}.`,
      );
    }
  }
  if (region === undefined) for (const broken of state.vm?.checkInvariants() ?? []) sentences.push(broken);
  return sentences.length === 0 ? "Everything is in order." : sentences.join("\n");
}
