import type { PlacedStatement, Program, Statement } from "./syntax";

/** Statements looked at between two pauses. */
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
  let from = 0;
  for (let to = count; from < to;) {
    const middle = (from + to) >>> 1;
    if (lineOf[middle] < first) from = middle + 1;
    else to = middle;
  }
  const found: PlacedStatement[] = [];
  for (let index = from; index < count && lineOf[index] <= last; index++) {
    found.push({ line: lineOf[index], statement: instructions[index].statement });
  }
  return found;
}

/** All statements with their lines, `repeat` and `end` included. */
export function placedStatements(program: Program): PlacedStatement[] {
  return statementsBetween(program, 0, Infinity);
}

/** Those that pass a test, with pauses. */
export function* statementsInTurns(
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
