import type { Work } from "../coroutines";
import { firstPassing } from "./search";
import type { PlacedStatement, Program, Statement } from "./syntax";

/** Statements looked at between two yields. */
export const statementsPerTurn = 1024;

/** The line of an instruction that a program has. */
export function lineOfInstruction({ lineOf }: Program, index: number): number {
  return lineOf[index]!;
}

/** The statement of an instruction that a program has. */
export function statementOfInstruction({ instructions }: Program, index: number): Statement {
  return instructions[index]!.statement;
}

/** How many instructions stand in the order of their lines: all but the ends of unclosed loops, which are on no line of their own. */
export function countInOrder(program: Program): number {
  let count = program.lineOf.length;
  while (count > 1 && lineOfInstruction(program, count - 1) <= lineOfInstruction(program, count - 2)) count--;
  return count;
}

/** The statement on a line, `repeat` and `end` included. O(log n). */
export function statementAt(program: Program, line: number): Statement | undefined {
  return statementsBetween(program, line, line).at(0)?.statement;
}

/** The statements on the lines from `first` to `last`, both included. O(log n + how many they are). */
export function statementsBetween(program: Program, first: number, last: number): PlacedStatement[] {
  const count = countInOrder(program);
  const from = firstPassing(count, (index) => first <= lineOfInstruction(program, index));
  const found: PlacedStatement[] = [];
  for (let index = from; index < count; index++) {
    const line = lineOfInstruction(program, index);
    if (line > last) break;
    found.push({ line, statement: statementOfInstruction(program, index) });
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

function findLoops(program: Program): LoopLines[] {
  const open: number[] = [];
  const loops: LoopLines[] = [];
  for (const [index, { kind }] of program.instructions.entries()) {
    const line = lineOfInstruction(program, index);
    if (kind === "repeat") open.push(line);
    if (kind !== "end") continue;
    const start = open.pop()!;
    // What closes a loop that has no `end` stands on the line of its `repeat`.
    if (start < line) loops.push({ start, end: line });
  }
  return loops;
}

/** All statements that pass a test, with yields. */
export function* statementsYielding(
  program: Program,
  test: (statement: Statement) => boolean,
): Work<PlacedStatement[]> {
  const found: PlacedStatement[] = [];
  for (let index = 0, count = countInOrder(program); index < count; index++) {
    if (index % statementsPerTurn === 0) yield;
    const statement = statementOfInstruction(program, index);
    if (test(statement)) found.push({ line: lineOfInstruction(program, index), statement });
  }
  return found;
}
