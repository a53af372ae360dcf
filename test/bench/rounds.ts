/** A program that is measured once a round. */
export interface Program<Result> {
  readonly name: string;
  readonly run: () => Result;
}

/** Runs every program once a round in turn; each one's results by round. */
export function interleave<Result>(
  programs: readonly Program<Result>[],
  rounds: number,
  progress: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Map<string, Result[]> {
  const results = new Map<string, Result[]>(programs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of programs) {
      progress(`round ${round + 1} of ${rounds}: ${name}`);
      results.get(name)!.push(run());
    }
  }
  return results;
}
