import { firstPassing } from "./search";
import type { PlacedStatement, Program, Statement } from "./syntax";

/** Statements looked at between two yields. */
export const statementsPerTurn = 1024;

/** How many instructions stand in the order of their lines: all but the ends of unclosed loops, which are on no line of their own. */
export function countInOrder({ lineOf }: Program): number {
  let count = lineOf.length;
  while (count > 1 && lineOf[count - 1] <= lineOf[count - 2]) count--;
  return count;
}

/** The statement on a line, `repeat` and `end` included. O(log n). */
export function statementAt(program: Program, line: number): Statement | undefined {
  return statementsBetween(program, line, line).at(0)?.statement;
}

/** The statements on the lines from `first` to `last`, both included. O(log n + how many they are). */
export function statementsBetween(program: Program, first: number, last: number): PlacedStatement[] {
  const { instructions, lineOf } = program;
  const count = countInOrder(program);
  const from = firstPassing(count, (index) => first <= lineOf[index]);
  const found: PlacedStatement[] = [];
  for (let index = from; index < count && lineOf[index] <= last; index++) {
    found.push({ line: lineOf[index], statement: instructions[index].statement });
  }
  return found;
}

/** Lines of a `repeat` and of its `end`. */
export interface LoopLines {
  readonly start: number;
  readonly end: number;
}

const knownLoops = new WeakMap<Program, readonly LoopLines[]>();

/** The loops of a program that an `end` closes, each before the one around it; found once a program. */
export function loopsOf(program: Program): readonly LoopLines[] {
  let loops = knownLoops.get(program);
  if (loops === undefined) knownLoops.set(program, (loops = findLoops(program)));
  return loops;
}

function findLoops({ instructions, lineOf }: Program): LoopLines[] {
  const open: number[] = [];
  const loops: LoopLines[] = [];
  for (let index = 0; index < instructions.length; index++) {
    const { kind } = instructions[index];
    if (kind === "repeat") open.push(lineOf[index]);
    if (kind !== "end") continue;
    const start = open.pop()!;
    // What closes a loop that has no `end` stands on the line of its `repeat`.
    if (start < lineOf[index]) loops.push({ start, end: lineOf[index] });
  }
  return loops;
}

/** All statements that pass a test, with yields. */
export function* statementsYielding(
  program: Program,
  test: (statement: Statement) => boolean,
): Generator<undefined, PlacedStatement[], undefined> {
  const { instructions, lineOf } = program;
  const found: PlacedStatement[] = [];
  for (let index = 0, count = countInOrder(program); index < count; index++) {
    if (index % statementsPerTurn === 0) yield;
    const { statement } = instructions[index];
    if (test(statement)) found.push({ line: lineOf[index], statement });
  }
  return found;
}
