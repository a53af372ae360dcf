import { skipBlanks, skipToken } from "../bytes";
import { withoutComments } from "../comments";
import type { ReferenceFormat } from "../format";
import { parsePlainHexadecimal } from "../numbers";
import { pushReference, referenceKind } from "../references";

export const din: ReferenceFormat = {
  kind: "references",
  id: "din",
  name: "din",
  source: "the cache simulator Dinero",
  lines:
    "`LABEL ADDRESS` with a hexadecimal address; the label is 0 (read), 1 (write), 2 (instruction fetch) or 3 (other, taken as a read); 4 and 5 (copy back, invalidate) are passed over. Every access has 1 byte, because the format has no sizes",
  endings: ["din"],
  hasPageNumbers: false,
  score(lines) {
    const all = withoutComments(lines);
    return all.length > 0 && all.every((line) => /^[0-5]\s+(0x)?[0-9a-f]+$/i.test(line)) ? 1 : 0;
  },
  open: (problems) => ({
    parse(bytes, start, end, line, batch) {
      const at = skipBlanks(bytes, start + 1, end);
      const label = bytes[start] - 48;
      const address = parsePlainHexadecimal(bytes, at, skipToken(bytes, at, end));
      if (!(label >= 0 && label <= 5) || at === start + 1) {
        problems.add(line, "This is no line of a din trace: expected a label from 0 to 5 and a hexadecimal address.");
      } else if (label < 4) {
        pushReference(batch, problems, label === 3 ? referenceKind.read : label, address, 1, line);
      }
    },
  }),
};
