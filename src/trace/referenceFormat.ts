import type { ReferenceFormat } from "./references";

/** Lines looked at. */
const most = 64;

/**
 * The format of a trace of memory references by its first bytes; null when it is none. A `.rep` trace begins with up to
 * four numbers too, but with operations after them.
 */
export function referenceFormatOf(head: Uint8Array): ReferenceFormat | null {
  const text = String.fromCharCode(...head.subarray(0, 4096)).replace(/^\u00ef\u00bb\u00bf/, "");
  const all = text.split("\n").map((line) => line.trim());
  // The last one may be cut off.
  const whole = all.length > 1 ? all.slice(0, -1) : all;
  const lines = whole.filter((line) => line !== "" && !line.startsWith("#")).slice(0, most);
  if (lines.length === 0) return null;
  const traced = lines.filter((line) => !/^(==|--)\d+(==|--)/.test(line));
  if (traced.length < lines.length && traced.length === 0) return "lackey";
  if (traced.every((line) => /^[ILSM]\s+[0-9a-f]+,\d+$/i.test(line))) return "lackey";
  if (
    lines.every((line) => /^[0-5]\s+(0x)?[0-9a-f]+(\s|$)/i.test(line)) &&
    lines.every((line) => line.split(/\s+/).length === 2)
  )
    return "din";
  const isList = (line: string): boolean => /^([rwx]?[\s,]*(0x[0-9a-f]+|\d+)[\s,]*)+(#.*)?$/i.test(line);
  const isSingle = (line: string): boolean => /^\d+$/.test(line);
  // `r 1 9` resizes block 1 in a .rep trace.
  if (lines.some((line) => /^[afr]\s+-?\d+(\s+\d+)?$/.test(line))) return null;
  // One to four lonely numbers may be the head of a .rep trace whose operations come later.
  if (!lines.every(isList) || (lines.length <= 4 && lines.every(isSingle))) return null;
  return "ref";
}
