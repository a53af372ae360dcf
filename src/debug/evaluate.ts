import { toHex } from "../engine/address";
import { parseExpression } from "../language/expressions";
import { parseLine } from "../language/statements";
import type { Expression } from "../language/syntax";
import type { MachineState } from "../machine/contract";
import { failures } from "./failures";
import { flagLetters, hexBytes, printable, ValueFormat } from "./format";
import { showHandle } from "./variables/handles";
import { showHeap, showPool, statisticFacts } from "./variables/regions";
import type { ShownValue } from "./variables/store";

/** Bytes that `read` shows at most; the hex editor shows more. */
const longestRead = 4096;
const blocksInLayout = 200;
const readOnlyStatements = ["stats", "layout", "translate", "read", "check"];

/** A condition or log expression, parsed once; `error` is the sentence to show. */
export function compileExpression(text: string): { readonly expression: Expression } | { readonly error: string } {
  const result = parseExpression(text);
  return result.kind === "expression" ? { expression: result.expression } : { error: result.message };
}

/**
 * Evaluates what is typed into watch, hover or console: an expression, the name of a handle, heap or pool, or one of
 * the read-only statements. Never changes the machine, its counters or its page-table bits.
 */
export function evaluate(state: MachineState, text: string, context: string, format: ValueFormat): ShownValue {
  const source = text.trim();
  const verb = /^[a-z]+/i.exec(source)?.[0] ?? "";
  if (context !== "hover" && readOnlyStatements.includes(verb) && state.handle(verb) === undefined) {
    return { name: source, value: runReadOnly(state, source, verb) };
  }
  return namedValue(state, source, format) ?? expressionValue(state, source, format);
}

function namedValue(state: MachineState, name: string, format: ValueFormat): ShownValue | undefined {
  const handle = state.handle(name);
  if (handle !== undefined) return showHandle(state, handle, format);
  const heap = state.heaps.get(name);
  if (heap !== undefined) return showHeap(state, heap, format);
  const pool = state.pools.get(name);
  return pool === undefined ? undefined : showPool(state, pool, format);
}

function expressionValue(state: MachineState, source: string, format: ValueFormat): ShownValue {
  const compiled = compileExpression(source);
  if ("error" in compiled) {
    const line = parseLine(source, 0);
    if (line.kind !== "statement") throw failures.cannotEvaluate(compiled.error);
    throw failures.cannotEvaluate(
      `'${line.statement.verb}' would change memory. Here you can use expressions and ${readOnlyStatements.join(", ")}.`,
    );
  }
  const result = state.evaluate(compiled.expression);
  if ("error" in result) throw failures.cannotEvaluate(result.error);
  if (typeof result.value === "boolean") return { name: source, value: String(result.value), type: "condition" };
  const shown = { name: source, value: format.number(result.value), type: "number" };
  const isAddress = state.peek(result.value, 1) !== undefined;
  return isAddress ? { ...shown, value: toHex(result.value), memoryReference: toHex(result.value) } : shown;
}

function runReadOnly(state: MachineState, source: string, verb: string): string {
  const parsed = parseLine(source, 0);
  if (parsed.kind !== "statement") {
    throw failures.cannotEvaluate(parsed.kind === "problem" ? parsed.failure.message : "Nothing to evaluate.");
  }
  const operands = Object.values(parsed.statement.operands);
  const number = (index: number): number => {
    const operand = operands[index];
    if (operand?.kind !== "expression") throw failures.cannotEvaluate(`'${verb}' needs a number here.`);
    const result = state.evaluate(operand.expression);
    if ("error" in result) throw failures.cannotEvaluate(result.error);
    return Number(result.value);
  };
  switch (verb) {
    case "translate":
      return translateText(state, number(0));
    case "read":
      return readText(state, number(0), operands.length < 2 ? 1 : number(1));
    case "layout":
      return layoutText(state);
    case "check":
      return checkText(state);
    default:
      return statsText(state);
  }
}

function translateText(state: MachineState, address: number): string {
  if (state.vm === null) return `${toHex(address)} (there is no vm: addresses are physical)`;
  const outcome = state.vm.translate(address);
  if (outcome.reason !== "none") return `${toHex(address)}: ${outcome.reason}, page ${outcome.vpn}`;
  const flags = flagLetters(state.vm.entry(outcome.vpn)?.flags ?? 0);
  return `${toHex(address)} -> ${toHex(outcome.physical)} (page ${outcome.vpn}, ${flags})`;
}

function readText(state: MachineState, address: number, length: number): string {
  const bytes = state.peek(address, Math.max(0, Math.min(length, longestRead)));
  if (bytes === undefined) throw failures.cannotEvaluate(`Nothing answers at ${toHex(address)}.`);
  return `${hexBytes(bytes)}  ${printable(bytes)}`;
}

function statsText(state: MachineState): string {
  const groups: [string, object][] = [
    ...[...state.heaps.values()].map((heap): [string, object] => [`heap ${heap.options.name}`, heap.stats()]),
    ...[...state.pools.values()].map((pool): [string, object] => [`pool ${pool.options.name}`, pool.stats()]),
    ...(state.vm === null ? [] : [["vm", state.vm.stats()] as [string, object]]),
  ];
  if (groups.length === 0) return "There is no memory yet.";
  const decimal = new ValueFormat(false);
  return groups
    .map(([title, stats]) => {
      const facts = statisticFacts(stats, decimal).map((fact) => `${fact.name} ${fact.value}`);
      return `${title}: ${facts.join(", ")}`;
    })
    .join("\n");
}

function layoutText(state: MachineState): string {
  const lines: string[] = [];
  for (const heap of state.heaps.values()) {
    lines.push(`heap ${heap.options.name} ${toHex(heap.base)}..${toHex(heap.end)}`);
    for (const block of heap.blocks()) {
      if (blocksInLayout < lines.length) break;
      lines.push(`  ${toHex(block.address)} ${block.state} ${block.size}`);
    }
  }
  if (blocksInLayout < lines.length) lines.push("  (the Heap scope lists the others)");
  return lines.length === 0 ? "There is no heap yet." : lines.join("\n");
}

function checkText(state: MachineState): string {
  const sentences: string[] = [];
  for (const heap of state.heaps.values()) {
    sentences.push(...heap.checkInvariants());
    for (const damage of heap.headerDamage(heap.base, heap.end).slice(0, 20)) {
      sentences.push(
        `The ${damage.field} field of the block at ${toHex(damage.block.address)} holds ${damage.found} instead of ${damage.expected}.`,
      );
    }
  }
  for (const pool of state.pools.values()) sentences.push(...pool.checkInvariants());
  if (state.vm !== null) sentences.push(...state.vm.checkInvariants());
  return sentences.length === 0 ? "Everything is in order." : sentences.join("\n");
}
