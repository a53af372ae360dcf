import type fc from "fast-check";

/** Something that hostile input is given to. Inputs are plain data, which go to another process and into reports as JSON. */
export interface Target<Input> {
  readonly name: string;
  readonly input: fc.Arbitrary<Input>;
  /** Throws, or rejects, when the input breaks something. */
  check(input: Input): void | Promise<void>;
}

/** A target whatever its input is: what comes back from JSON is what its own arbitrary made. */
export type AnyTarget = Target<unknown>;

export function target<Input>(made: Target<Input>): AnyTarget {
  return { ...made, check: (input) => made.check(input as Input) };
}
