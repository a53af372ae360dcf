import { keptPerLine } from "../run/limits";
import type { Problem } from "../records/records";

/**
 * One problem for each place and kind, as a compiler would list them: a mistake inside a loop comes once a round, and
 * the first message then says how often it came. Keeps the order of the first ones.
 */
export function foldRepeats(problems: readonly Problem[]): Problem[] {
  const groups = new Map<string, { readonly first: Problem; count: number }>();
  for (const problem of problems) {
    const key = `${problem.line}:${problem.column}:${problem.endColumn}:${problem.id}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { first: problem, count: 1 });
  }
  return [...groups.values()].map(({ first, count }) =>
    count === 1 ? first : { ...first, message: `${first.message} ${timesMore(count)}` },
  );
}

function timesMore(count: number): string {
  const more = count - 1;
  if (count >= keptPerLine) return `(The first of ${count} or more here.)`;
  return more === 1 ? "(And once more here.)" : `(And ${more} more times here.)`;
}
