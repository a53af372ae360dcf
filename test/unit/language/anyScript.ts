import fc from "fast-check";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";

const fragment = fc.constantFrom(
  ...vocabulary.map((entry) => entry.example),
  ...vocabulary.map((entry) => entry.verb),
  ..."a b[i] = == -> .. - -1 ( ) + * ! && 4KiB 0x10 0..4 rw best-fit policy= align=8 # as x".split(" "),
  '"text"',
  "  ",
  "\t",
);
/** Scripts of valid lines and of pieces of lines in any order. */
export const anyScript = fc
  .array(
    fc.oneof(
      fc.constantFrom(...vocabulary.map((entry) => entry.example)),
      // Neighbours that could be aligned.
      fc.constantFrom("a = alloc 16 # one", "longer = alloc 8  # two", "b[12]=a", "free a# three", "repeat 2", "end"),
      fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join(" ")),
      fc.array(fragment, { maxLength: 6 }).map((parts) => parts.join("")),
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.join("\n"));
