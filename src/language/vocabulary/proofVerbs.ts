import { operand, optionalWord, word } from "./describe";
import { problemIds } from "./problemIds";
import type { VerbDescription } from "./vocabularyTypes";

/** Verbs that prove and that steer: expectations, loops and plain assignment. */
export const proofVerbs: readonly VerbDescription[] = [
  {
    verb: "expect",
    area: "proof",
    binds: "none",
    patterns: [
      [word("problem"), operand("problem", "problem", "The id of the problem.", { choices: problemIds })],
      [operand("condition", "condition", "Numbers, handles and statistics, compared; `&&`, `||` and `!` combine.")],
    ],
    options: [],
    doc: "States what must hold here; when it does not, that is the problem `expectation-failed`, with both sides' values. `expect problem ID` says that the next line must raise that problem, which then is no mistake any more. Statistics are plain names (`used`, `faults`) or belong to one heap or pool (`main.used`).",
    example: "expect used == 200",
  },
];

export const controlVerbs: readonly VerbDescription[] = [
  {
    verb: "let",
    area: "control",
    binds: "required",
    result: "value of the expression",
    silent: true,
    patterns: [[operand("value", "value", "A number, or a pointer computed from a handle.")]],
    options: [],
    doc: "Binds a name to a value. The word itself is not written: `p = a + 8`. A pointer computed from a handle still belongs to that handle's block, so misuse of it names the right block.",
    example: "p = a + 8",
  },
  {
    verb: "repeat",
    area: "control",
    binds: "none",
    patterns: [
      [
        operand("count", "count", "How many rounds; 0 skips the lines."),
        optionalWord("as"),
        operand("variable", "name", "A name that counts the rounds from 0.", {
          names: "variable",
          binds: true,
          optional: true,
        }),
      ],
    ],
    options: [],
    doc: "Repeats the lines up to the matching `end`. The lines `repeat` and `end` are no steps themselves. Inside, `b[i] = alloc 16` makes one handle a round.",
    example: "repeat 10 as i",
  },
  {
    verb: "end",
    area: "control",
    binds: "none",
    patterns: [[]],
    options: [],
    doc: "Closes the nearest open `repeat`.",
    example: "end",
  },
];
