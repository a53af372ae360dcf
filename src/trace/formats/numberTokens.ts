import { referenceKind } from "../references";

const { read, write, execute, modify } = referenceKind;

/** What people write for the kinds of references. */
const words: Readonly<Record<string, number>> = {
  ...{ r: read, rd: read, read, l: read, ld: read, load: read, p_mem_rd: read },
  ...{ w: write, wr: write, write, s: write, st: write, store: write, p_mem_wr: write },
  ...{ x: execute, i: execute, if: execute, ifetch: execute, fetch: execute, p_fetch: execute },
  ...{ exec: execute, execute, inst: execute, instr: execute },
  ...{ m: modify, modify, rw: modify, rmw: modify },
};
const longestWord = Object.keys(words).reduce((most, word) => Math.max(most, word.length), 0);
const kindsByWord = new Map(Object.entries(words));
const kindsByLetter = new Int8Array(256).fill(-1);
for (const [word, kind] of kindsByWord) {
  if (word.length > 1) continue;
  kindsByLetter[word.charCodeAt(0)] = kind;
  kindsByLetter[word.toUpperCase().charCodeAt(0)] = kind;
}

/** The kind of reference that the half-open range of bytes names, as `R`, `store` or `IFETCH` do; -1: it names none. */
export function kindOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1) return kindsByLetter[bytes[start]];
  if (end - start > longestWord) return -1;
  return kindsByWord.get(String.fromCharCode(...bytes.subarray(start, end)).toLowerCase()) ?? -1;
}

/** Whether a token names a kind of reference. */
export const isKindWord = (token: string): boolean => kindsByWord.has(token.toLowerCase());

const separators = " \t,;:()[]\"'=|";
const separates = new Uint8Array(256);
for (const separator of separators) separates[separator.charCodeAt(0)] = 1;

/** The end of the token that begins at `start`. */
export function tokenEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && separates[bytes[at]] === 0 && bytes[at] !== 35) at++;
  return at;
}

/** Where the next token begins from `start` on; `end` when there is none before a comment or the end. */
export function nextToken(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && separates[bytes[at]] === 1) at++;
  return at < end && bytes[at] === 35 ? end : at;
}

/** The tokens of a line, as {@link nextToken} finds them. */
export function tokensOf(line: string): string[] {
  const comment = line.indexOf("#");
  const text = comment === -1 ? line : line.slice(0, comment);
  return text.split(/[ \t,;:()[\]"'=|]+/).filter((token) => token !== "");
}

/** Whether a token can be a number; one letter alone is none. */
export const isNumber = (token: string): boolean => /^(0x[0-9a-f]+|\d[0-9a-f]*|[a-f][0-9a-f]+)$/i.test(token);
export const isPrefixed = (token: string): boolean => /^0x/i.test(token);
/** Whether a number without `0x` can only be hexadecimal. Words such as `bad` are no evidence of it. */
export const needsHexadecimal = (token: string): boolean =>
  /[a-f]/i.test(token) && !isPrefixed(token) && (/\d/.test(token) || token.length > 5);
