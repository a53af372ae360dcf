import { englishWords } from "../../../../src/language/Words";
import { queryMessage } from "../../../../src/machine/events/queryMistakes";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { sentenceOf } from "../../../../src/machine/events/sentences";
import { lifeSelector } from "../../../../src/machine/events/LifeSelector";
import type { LifeSubject } from "../../../../src/machine/events/lifeSubject";
import { parseQuery } from "../../../../src/machine/events/parseQuery";
import { QuerySelector } from "../../../../src/machine/events/QuerySelector";
import { mostAnswers, EventSearch } from "../../../../src/machine/events/EventSearch";
import { defaultMachineOptions } from "../../../../src/machine/run/options";

/** The finished scan for a query's answers. */
export function ask(script: string, text: string, most = mostAnswers): EventSearch {
  const query = parseQuery(text);
  if (query.kind === "failure") throw new Error(queryMessage(query, englishWords));
  const scan = new EventSearch(parse(script), defaultMachineOptions, (state) => new QuerySelector(query, state), most);
  runToEnd(scan.run());
  return scan;
}

export function lifeOf(script: string, subject: LifeSubject): EventSearch {
  const scan = new EventSearch(parse(script), defaultMachineOptions, () => lifeSelector(subject));
  runToEnd(scan.run());
  return scan;
}

/** `step kind` of each answer. */
export const places = (scan: EventSearch): string[] => scan.found.map(({ event }) => `${event.step} ${event.kind}`);

/** Answers as lines for people, lines from 1. */
export const told = (scan: EventSearch): string[] =>
  scan.found.map(
    (found) => `step ${found.event.step}, line ${found.event.line + 1}: ${sentenceOf(found, englishWords)}`,
  );
