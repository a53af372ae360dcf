import { skipBlanks } from "../bytes";
import { shareOf, sureScore, type ReferenceFormat } from "../format";
import { parseDecimal, parsePlainHexadecimal } from "../numbers";
import { kindsByLetter, largestAccess, pushReference, referenceKind } from "../references";

const { execute, read, write, modify } = referenceKind;
const kinds = kindsByLetter({ I: execute, L: read, S: write, M: modify });

export const lackey: ReferenceFormat = {
  kind: "references",
  id: "lackey",
  name: "lackey",
  source: "Valgrind's `--tool=lackey --trace-mem=yes`",
  lines:
    "`I ADDRESS,SIZE` (instruction fetch), `L ADDRESS,SIZE` (load), `S ADDRESS,SIZE` (store) and `M ADDRESS,SIZE` (modify), with hexadecimal addresses; without `,SIZE` an access has 1 byte. Valgrind's own lines (`==PID==`) are passed over",
  expected: "`I`, `L`, `S` or `M`, an address, a comma and a size",
  endings: ["lackey"],
  score: lackeyScore,
  open: (problems) => ({
    parse(bytes, start, end, line, batch) {
      if (bytes[start] === 61 || bytes[start] === 45) return; // `==pid==` and `--pid--`
      const kind = kinds[bytes[start]];
      const at = skipBlanks(bytes, start + 1, end);
      let comma = at;
      while (comma < end && bytes[comma] !== 44) comma++;
      const address = parsePlainHexadecimal(bytes, at, comma);
      const size = comma === end ? 1 : parseDecimal(bytes, skipBlanks(bytes, comma + 1, end), end);
      if (kind < 0 || at === start + 1 || Number.isNaN(address) || Number.isNaN(size)) problems.stray(line);
      else if (!(size >= 1 && size <= largestAccess)) {
        problems.add(line, `The size is not a number from 1 to ${largestAccess}.`);
      } else pushReference(batch, problems, kind, address, size, line);
    },
  }),
};

/** Without sizes the lines are those of other tools, too, unless Valgrind's own are among them. */
function lackeyScore(lines: readonly string[]): number {
  const isOwn = (line: string): boolean => /^(==|--)\d+(==|--)/.test(line);
  if (lines.every(isOwn)) return 1;
  // What the program prints first may fill many lines.
  const least = lines.some((line) => isOwn(line) && /\bLackey\b/.test(line)) ? sureScore : 0;
  const share = shareOf(lines, (line) => /^[ILSM]\s+[0-9a-fA-F]+(,\s*\d+)?$/.test(line), isOwn);
  return Math.max(least, share);
}
