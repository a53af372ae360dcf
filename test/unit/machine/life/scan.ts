import { parse } from "../../../../src/language/parser";
import { lifeSelector } from "../../../../src/machine/life/LifeSelector";
import type { LifeSubject } from "../../../../src/machine/life/lifeSubject";
import { parseQuery } from "../../../../src/machine/life/parseQuery";
import { QuerySelector } from "../../../../src/machine/life/QuerySelector";
import { mostAnswers, Scan } from "../../../../src/machine/life/Scan";
import { defaultMachineOptions } from "../../../../src/machine/Machine";

/** The finished scan for a query's answers; slices of an odd length, so that ends fall anywhere. */
export function ask(script: string, text: string, most = mostAnswers): Scan {
  const query = parseQuery(text);
  if (query.kind === "failure") throw new Error(query.message);
  const scan = new Scan(parse(script), defaultMachineOptions, (state) => new QuerySelector(query, state), most);
  while (!scan.advance(7));
  return scan;
}

export function lifeOf(script: string, subject: LifeSubject): Scan {
  const scan = new Scan(parse(script), defaultMachineOptions, () => lifeSelector(subject));
  while (!scan.advance(7));
  return scan;
}

/** `step kind` of each answer. */
export const places = (scan: Scan): string[] =>
  scan.found.map(({ happening }) => `${happening.step} ${happening.kind}`);

/** Answers as lines for people, lines from 1. */
export const told = (scan: Scan): string[] =>
  scan.found.map(({ happening, text }) => `step ${happening.step}, line ${happening.line + 1}: ${text}`);
