import type { Instruction, Program, Statement } from "../../language/parsing/syntax";

/** What an edit made of a program's instructions: those before and after the change say what they said, on other lines perhaps. */
export interface ProgramChange {
  /** How many instructions both programs begin with. */
  readonly start: number;
  /** Where the instructions begin that both programs end with: in the program before the edit, and after it. */
  readonly oldEnd: number;
  readonly newEnd: number;
  /** By line before the edit: where what stood there is now, if it is anywhere. Null: all is on the line where it was. */
  readonly lines: Int32Array | null;
}

/** Instructions compared between two pauses. */
const slice = 8192;

/** Compares two programs, with pauses; linear in their length. */
export function* changeBetween(before: Program, after: Program): Generator<undefined, ProgramChange, undefined> {
  const old = before.instructions;
  const now = after.instructions;
  const shift = now.length - old.length;
  const most = Math.min(old.length, now.length);
  let start = 0;
  for (let end = 0; start === end && end < most; yield) {
    end = Math.min(end + slice, most);
    start = firstOther(old, now, start, end);
  }
  let oldEnd = old.length;
  const least = Math.max(start, start - shift);
  for (let end = oldEnd; oldEnd === end && end > least; yield) {
    end = Math.max(end - slice, least);
    oldEnd = lastOther(old, now, shift, oldEnd, end);
  }
  const lines = new Int32Array(before.lines.length);
  for (let line = 0; line < lines.length; line++) lines[line] = line;
  yield;
  // Statements that stand for as many others keep their places too: a run may find that they do the same.
  const isMovedAbove = pair(lines, before, after, 0, shift === 0 ? oldEnd : start, 0);
  yield;
  const isMovedBelow = pair(lines, before, after, oldEnd, old.length, shift);
  return { start, oldEnd, newEnd: oldEnd + shift, lines: isMovedAbove || isMovedBelow ? lines : null };
}

/** The first index in a half-open range where both have another instruction; the range's end when there is none. */
function firstOther(old: readonly Instruction[], now: readonly Instruction[], from: number, to: number): number {
  let index = from;
  while (index < to && isSame(old[index], now[index], 0)) index++;
  return index;
}

/** The same from the end of the range on: where the equal ones behind it begin. */
function lastOther(
  old: readonly Instruction[],
  now: readonly Instruction[],
  shift: number,
  end: number,
  from: number,
): number {
  let index = end;
  while (index > from && isSame(old[index - 1], now[index - 1 + shift], shift)) index--;
  return index;
}

/** Notes where the lines of instructions in a half-open range are now; whether any is on another line. */
function pair(lines: Int32Array, before: Program, after: Program, from: number, to: number, shift: number): boolean {
  let hasMoved = false;
  for (let index = from; index < to; index++) {
    const line = before.lineOf[index];
    lines[line] = after.lineOf[index + shift];
    hasMoved ||= lines[line] !== line;
  }
  return hasMoved;
}

/** Whether the change is of statements alone: each of them runs once, unless all stand in a loop. */
export function isStraight({ start, oldEnd, newEnd }: ProgramChange, before: Program, after: Program): boolean {
  const isStatement = ({ kind }: Instruction): boolean => kind === "statement";
  return (
    before.instructions.slice(start, oldEnd).every(isStatement) &&
    after.instructions.slice(start, newEnd).every(isStatement)
  );
}

/** Jumps lead to instructions that are `shift` further on: what surrounds a change that adds instructions is changed itself. */
function isSame(left: Instruction, right: Instruction, shift: number): boolean {
  if (left === right) return shift === 0 || left.kind === "statement";
  if (!saysTheSame(left.statement, right.statement)) return false;
  switch (left.kind) {
    case "statement":
      return right.kind === "statement";
    case "end":
      return right.kind === "end" && left.start + shift === right.start;
    case "repeat":
      return (
        right.kind === "repeat" &&
        left.exit + shift === right.exit &&
        left.variable === right.variable &&
        // Unlike the count that is written, the one that stands for it in a broken loop covers the whole statement.
        countStart(left.statement) === countStart(right.statement)
      );
  }
}

/** What a statement says follows from its text and the column where it begins. */
function saysTheSame(left: Statement, right: Statement): boolean {
  return left === right || (left.text === right.text && left.span.start === right.span.start);
}

function countStart({ operands }: Statement): number | undefined {
  return (operands as Readonly<Partial<Statement["operands"]>>)["count"]?.span.start;
}
