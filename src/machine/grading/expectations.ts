import { parse } from "../../language/parsing/parser";
import { scanLine } from "../../language/parsing/scanner";
import type { Program } from "../../language/parsing/syntax";
import { runToEnd } from "../../language/coroutines";
import { statisticNames } from "../inspect/statisticTable";
import { proofsOf } from "../run/proofs";
import { statisticsFirst } from "./statisticsFirst";

/** An `expect` line that submissions are graded by. */
export interface Expectation {
  /** 0-based, in the file of expectations. */
  readonly line: number;
  /** The statement as it is written. */
  readonly text: string;
  /** What its comment says of it; null where there is none. */
  readonly title: string | null;
  /** At least 0; 1 where its comment gives none. */
  readonly points: number;
}

/** A file of expectations. Other statements in it, such as `x = alloc 8`, probe what a submission left. */
export interface Expectations {
  /** In its expressions the name of a statistic is the statistic. Its problems are mistakes of the file. */
  readonly program: Program;
  readonly list: readonly Expectation[];
  /** Names that the file binds although they are those of statistics, and would be read as such. Lines are 0-based. */
  readonly taken: readonly { readonly line: number; readonly name: string }[];
}

/** `# 2 points: every block is freed`, `# 0.5 points`. */
const pointsInComment = /^(\d+(?:\.\d+)?)\s*points?\b\s*:?\s*/i;

/** Reads what submissions are graded by. */
export function readExpectations(text: string): Expectations {
  const program = parse(text);
  const list = runToEnd(proofsOf(program)).map(({ line, statement }) => {
    const comment = commentOf(program.lines[line] ?? "");
    const [written, points] = pointsInComment.exec(comment) ?? ["", "1"];
    const title = comment.slice(written.length);
    return { line, text: statement.text, title: title === "" ? null : title, points: Number(points) };
  });
  return { program: statisticsFirst(program), list, taken: takenNames(program) };
}

function takenNames({ instructions, lineOf }: Program): Expectations["taken"] {
  return instructions.flatMap((instruction, index) => {
    const { target } = instruction.statement;
    const name = instruction.kind === "repeat" ? instruction.variable : target?.index === null ? target.name : null;
    return name !== null && statisticNames.includes(name) ? [{ line: lineOf[index] ?? 0, name }] : [];
  });
}

function commentOf(line: string): string {
  const { comment } = scanLine(line);
  return comment === null ? "" : line.slice(comment.start).replace(/^#+/, "").trim();
}
