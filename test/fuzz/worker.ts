import { targets } from "./targets";

/** What a parent asks and is answered: see `Isolated.ts`. */
export interface Question {
  readonly number: number;
  readonly target: string;
  readonly input: unknown;
}
export interface Answer {
  /** Of the question. */
  readonly number: number;
  /** Null when nothing broke. */
  readonly failure: string | null;
}

async function answer({ number, target: name, input }: Question): Promise<Answer> {
  try {
    await targets.find((target) => target.name === name)!.check(input);
    return { number, failure: null };
  } catch (error) {
    return { number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on("message", (question: Question) => {
  void answer(question).then((told) => process.send!(told));
});

// Says that it has started.
process.send!({ number: 0, failure: null } satisfies Answer);
