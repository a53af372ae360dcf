import { operand, option } from "./describe";
import type { OptionDescription, VerbDescription } from "./vocabularyTypes";

export const widthOption: OptionDescription = option(
  "width",
  "size",
  "Bytes of the value, little-endian. When left out: 8 for a handle, else the fewest that hold the value.",
  { choices: ["1", "2", "4", "8"], unit: "bytes" },
);

const placeDoc = "A handle, a handle plus an offset, or an address.";
const destination = operand("destination", "place", placeDoc, { changes: true });
const source = operand("source", "place", placeDoc);

export const byteVerbs: readonly VerbDescription[] = [
  {
    verb: "write",
    area: "bytes",
    binds: "none",
    access: "write",
    patterns: [
      [
        { ...destination, live: true },
        operand("value", "text-or-value", "A text (its UTF-8 bytes, no terminating zero) or a number."),
      ],
    ],
    options: [widthOption],
    doc: 'Writes bytes. Writing past the end of the payload really damages what lies behind it, and is reported at this line. Texts take the C escapes `\\n \\t \\0 \\\\ \\" \\xHH`.',
    example: 'write a "Hello, World!"',
  },
  {
    verb: "read",
    area: "bytes",
    binds: "none",
    access: "read",
    readOnly: true,
    patterns: [[{ ...source, live: true }, operand("length", "size", "Bytes to read.")]],
    options: [],
    doc: "Reads bytes and shows them in hexadecimal and as text. Bytes that were never written are the problem `uninitialized-read`.",
    example: "read a 13",
  },
  {
    verb: "fill",
    area: "bytes",
    binds: "none",
    access: "write",
    patterns: [
      [
        { ...destination, live: true },
        operand("length", "size", "Bytes to set."),
        operand("byte", "value", "The value of each byte, 0 to 255."),
      ],
    ],
    options: [],
    doc: "Sets each byte of a stretch to one value, as `memset` does.",
    example: "fill a 64 0xff",
  },
  {
    verb: "copy",
    area: "bytes",
    binds: "none",
    patterns: [[destination, source, operand("length", "size", "Bytes to copy.")]],
    options: [],
    doc: "Copies bytes, as `memmove` does: the two stretches may overlap, of which the warning `overlap` tells because `memcpy` could not. Copying bytes that were never written keeps them uninitialised.",
    example: "copy b a 16",
  },
];
