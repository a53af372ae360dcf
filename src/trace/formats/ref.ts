import { isBlank } from "../bytes";
import { withoutComments } from "../comments";
import type { ReferenceFormat } from "../format";
import { parseDecimal, parsePlainHexadecimal } from "../numbers";
import { kindsByLetter, pushReference, referenceKind } from "../references";

const { read, write, execute } = referenceKind;
const kinds = kindsByLetter({ r: read, R: read, w: write, W: write, x: execute, X: execute });

export const ref: ReferenceFormat = {
  kind: "references",
  id: "ref",
  name: "page numbers",
  source: "reference strings, as textbooks write them",
  lines:
    "numbers separated by blanks, commas or line ends: decimal ones are page numbers, `0x…` are addresses. `r`, `w` or `x` before a number says what the reference does; `#` starts a comment",
  endings: ["ref"],
  hasPageNumbers: true,
  score: refScore,
  open: (problems, pageSize) => ({
    parse(bytes, start, end, line, batch) {
      let kind: number = read;
      let at = start;
      while (at < end && bytes[at] !== 35) {
        if (isBlank(bytes[at]) || bytes[at] === 44) {
          at++;
          continue;
        }
        let stop = at;
        while (stop < end && !isBlank(bytes[stop]) && bytes[stop] !== 44 && bytes[stop] !== 35) stop++;
        const letter = stop - at === 1 ? kinds[bytes[at]] : -1;
        if (letter >= 0) kind = letter;
        else {
          const isAddress = bytes[at] === 48 && (bytes[at + 1] | 32) === 120 && stop - at > 2;
          const number = isAddress ? parsePlainHexadecimal(bytes, at + 2, stop) : parseDecimal(bytes, at, stop);
          pushReference(batch, problems, kind, isAddress ? number : number * pageSize, 1, line);
          kind = read;
        }
        at = stop;
      }
    },
  }),
};

function refScore(all: readonly string[]): number {
  const lines = withoutComments(all);
  // `r 1 9` resizes block 1 in a .rep trace.
  if (lines.some((line) => /^[afr]\s+-?\d+(\s+\d+)?$/.test(line))) return 0;
  // One to four lonely numbers may be the header of a .rep trace whose operations come later.
  if (lines.length <= 4 && lines.every((line) => /^\d+$/.test(line))) return 0;
  return lines.every((line) => /^([rwx]?[\s,]*(0x[0-9a-f]+|\d+)[\s,]*)+(#.*)?$/i.test(line)) ? 1 : 0;
}
