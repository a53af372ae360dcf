import { skipBlanks, skipToken } from "../bytes";
import { shareOf, type ReferenceFormat } from "../format";
import { parseDecimal, parsePlainHexadecimal } from "../numbers";
import { kindsByLetter, largestAccess, pushReference, referenceKind } from "../references";

const { read, write, execute } = referenceKind;
/** Of a label that changes caches without a reference: copy back, invalidate. */
const passedOver = 9;
const kinds = kindsByLetter({
  ...{ 0: read, 1: write, 2: execute, 3: read, 4: passedOver, 5: passedOver },
  ...{ r: read, w: write, i: execute, m: read, c: passedOver, v: passedOver },
});

export const din: ReferenceFormat = {
  kind: "references",
  id: "din",
  name: "din",
  source: "the cache simulator Dinero",
  lines:
    "`LABEL ADDRESS` or `LABEL ADDRESS SIZE` with a hexadecimal address; the label is 0 or `r` (read), 1 or `w` (write), 2 or `i` (instruction fetch), 3 or `m` (other, taken as a read); 4, 5, `c` and `v` (copy back, invalidate) are passed over. Without a size an access has 1 byte. Sizes are hexadecimal, as in Dinero IV, unless they are powers of two only as decimal numbers. What comes after them is passed over",
  expected: "a label from 0 to 5 and a hexadecimal address",
  endings: ["din"],
  score: dinScore,
  open(problems, _request, lines) {
    const parseSize = hasDecimalSizes(lines) ? parseDecimal : parsePlainHexadecimal;
    return {
      parse(bytes, start, end, line, batch) {
        const kind = kinds[bytes[start]];
        const at = skipBlanks(bytes, start + 1, end);
        const stop = skipToken(bytes, at, end);
        const address = parsePlainHexadecimal(bytes, at, stop);
        if (kind < 0 || at === start + 1 || Number.isNaN(address)) {
          problems.stray(line);
          return;
        }
        if (kind === passedOver) return;
        const third = skipBlanks(bytes, stop, end);
        const size = parseSize(bytes, third, skipToken(bytes, third, end));
        pushReference(batch, problems, kind, address, size >= 1 && size <= largestAccess ? size : 1, line);
      },
    };
  },
};

const twoColumns = /^[0-5]\s+(0x)?[0-9a-f]+$/i;
const threeColumns = /^([0-5]|[rwimcv])\s+((?:0x)?[0-9a-f]+)\s+((?:0x)?[0-9a-f]{1,4})$/i;

/**
 * With three columns the first two could also be page numbers: the last one has to hold sizes, and addresses have to be
 * longer than those numbers. Letters alone belong to other formats, too.
 */
function dinScore(lines: readonly string[]): number {
  const two = shareOf(lines, (line) => twoColumns.test(line));
  if (two > 0.5 || !lines.some((line) => /^[0-5]\s/.test(line))) return two;
  const rows = lines.map((line) => threeColumns.exec(line)).filter((row) => row !== null);
  const isLong = rows.filter(([, , address]) => address.length > 2).length * 2 >= rows.length;
  const areSizes = rows.every(([, , , size]) => isPowerOfTwo(parseInt(size, 16)) || isPowerOfTwo(parseInt(size, 10)));
  return isLong && areSizes ? shareOf(lines, (line) => twoColumns.test(line) || threeColumns.test(line)) : two;
}

function hasDecimalSizes(lines: readonly string[]): boolean {
  const sizes = lines.flatMap((line) => threeColumns.exec(line)?.[3] ?? []);
  const isPower = (base: number): boolean => sizes.every((size) => isPowerOfTwo(parseInt(size, base)));
  return sizes.every((size) => /^\d+$/.test(size)) && !isPower(16) && isPower(10);
}

const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));
