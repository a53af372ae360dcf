import { skipBlanks } from "../bytes";
import { withoutComments } from "../comments";
import type { ReferenceFormat } from "../format";
import { parseDecimal, parsePlainHexadecimal } from "../numbers";
import { kindsByLetter, pushReference, referenceKind } from "../references";

/** Largest plausible access in bytes: more than a cache line, a vector register or a page. */
const largestAccess = 65_536;
const { execute, read, write, modify } = referenceKind;
const kinds = kindsByLetter({ I: execute, L: read, S: write, M: modify });

export const lackey: ReferenceFormat = {
  kind: "references",
  id: "lackey",
  name: "lackey",
  source: "Valgrind's `--tool=lackey --trace-mem=yes`",
  lines:
    "`I ADDRESS,SIZE` (instruction fetch), `L ADDRESS,SIZE` (load), `S ADDRESS,SIZE` (store) and `M ADDRESS,SIZE` (modify), with hexadecimal addresses; Valgrind's own lines (`==PID==`) are passed over",
  endings: ["lackey"],
  hasPageNumbers: false,
  score(lines) {
    const all = withoutComments(lines);
    const traced = all.filter((line) => !/^(==|--)\d+(==|--)/.test(line));
    return all.length > 0 && traced.every((line) => /^[ILSM]\s+[0-9a-f]+,\d+$/i.test(line)) ? 1 : 0;
  },
  open: (problems) => ({
    parse(bytes, start, end, line, batch) {
      if (bytes[start] === 61 || bytes[start] === 45) return; // `==pid==` and `--pid--`
      const kind = kinds[bytes[start]];
      const at = skipBlanks(bytes, start + 1, end);
      let comma = at;
      while (comma < end && bytes[comma] !== 44) comma++;
      const address = parsePlainHexadecimal(bytes, at, comma);
      const size = parseDecimal(bytes, comma + 1, end);
      if (kind < 0 || at === start + 1 || !(size >= 1 && size <= largestAccess)) {
        problems.add(
          line,
          "This is no line of a lackey trace: expected `I`, `L`, `S` or `M`, an address, a comma and a size.",
        );
      } else pushReference(batch, problems, kind, address, size, line);
    },
  }),
};
