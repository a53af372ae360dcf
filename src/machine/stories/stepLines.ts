import type { Words } from "../../language/Words";
import { problemLines } from "../problems/problemLines";
import type { StepRecord } from "../records/records";
import { walkText } from "../walk/text";
import { storyText } from "./storyText";

/** A step for people: its number and line, what happened in a sentence, and its problems. */
export function stepLines(file: string, record: StepRecord, words: Words): string[] {
  const { value } = record;
  const text = value?.kind === "text" ? value.text : "";
  // The story of `stats` and `layout` is the first line of what they print.
  const story = storyText(record, words);
  const told = text.startsWith(story) ? text.split("\n") : [story];
  const walk = value?.kind === "translation" && value.walk !== null ? walkText(value.walk, words) : [];
  return [
    `${record.step}. line ${record.line + 1}: ${record.text}`,
    ...[...told, ...walk].map((line) => `    ${line}`),
    ...record.problems.flatMap((problem) => problemLines(file, problem, words)),
  ];
}
