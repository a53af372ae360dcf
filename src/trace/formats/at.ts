import { shareOf, type ReferenceFormat } from "../format";
import { parsePlainHexadecimal } from "../numbers";
import { pushReference, referenceKind } from "../references";

const sign = 0x40;

export const at: ReferenceFormat = {
  kind: "references",
  id: "at",
  name: "at signs",
  source: "a toy",
  lines: "`@ADDRESS` with a hexadecimal address: a read of one byte",
  expected: "@ and a hexadecimal address",
  endings: ["at"],
  score: (lines) => shareOf(lines, (line) => /^@[0-9a-f]+$/i.test(line)),
  open: (problems) => ({
    parse(bytes, start, end, line, batch) {
      const address = bytes[start] === sign ? parsePlainHexadecimal(bytes, start + 1, end) : Number.NaN;
      if (Number.isNaN(address)) problems.stray(line);
      else pushReference(batch, problems, referenceKind.read, address, 1, line);
    },
  }),
};
