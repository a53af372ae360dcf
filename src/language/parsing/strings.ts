import type { Span } from "./syntax";
import type { BadValue } from "./syntaxProblems";

export type StringReading =
  { readonly text: string; readonly bytes: Uint8Array } | { readonly problem: BadValue; readonly span: Span };

const simpleEscapes: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["b", 8],
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["e", 27],
  ['"', 34],
  ["'", 39],
  ["?", 63],
  ["\\", 92],
]);

/**
 * The bytes of a string token, quotes included: UTF-8, with the escapes of C. `\xHH` and `\ooo` are single bytes;
 * `\uHHHH` is a character. Spans of problems count from the token's start.
 */
export function readString(token: string): StringReading {
  const bytes: number[] = [];
  let text = "";
  const end = token.length - 1;
  let at = 1;
  while (at < end) {
    const point = token.codePointAt(at) ?? 0;
    if (point !== 0x5c) {
      pushUtf8(bytes, point);
      text += String.fromCodePoint(point);
      at += point > 0xffff ? 2 : 1;
      continue;
    }
    const escape = readEscape(token, at + 1, end);
    if (escape === null) {
      return {
        problem: { kind: "escape", text: token.slice(at, at + 2) },
        span: { start: at, end: Math.min(at + 2, end) },
      };
    }
    if (escape.isCharacter) pushUtf8(bytes, escape.value);
    else bytes.push(escape.value);
    text += String.fromCharCode(escape.value);
    at = escape.end;
  }
  return { text, bytes: Uint8Array.from(bytes) };
}

interface Escape {
  readonly value: number;
  readonly end: number;
  readonly isCharacter: boolean;
}

/** Reads what follows a backslash, or null when it is no escape. */
function readEscape(token: string, at: number, end: number): Escape | null {
  const letter = token.charAt(at);
  const simple = simpleEscapes.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 1, isCharacter: false };
  if (letter === "x") return digitsEscape(token, at + 1, Math.min(at + 3, end), 16, 1, false);
  if (letter === "u") return digitsEscape(token, at + 1, Math.min(at + 5, end), 16, 4, true);
  // Octal, of which \0 is the one everybody uses; more than \377 is not a byte.
  const octal = digitsEscape(token, at, Math.min(at + 3, end), 8, 1, false);
  return octal !== null && octal.value > 255 ? null : octal;
}

function digitsEscape(
  token: string,
  start: number,
  limit: number,
  radix: number,
  least: number,
  isCharacter: boolean,
): Escape | null {
  let end = start;
  let value = 0;
  while (end < limit) {
    const digit = Number.parseInt(token.charAt(end), radix);
    if (Number.isNaN(digit)) break;
    value = value * radix + digit;
    end += 1;
  }
  return end - start < least ? null : { value, end, isCharacter };
}

/** Appends the UTF-8 form of a code point; a lone surrogate becomes U+FFFD, as every encoder does it. */
function pushUtf8(bytes: number[], point: number): void {
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  if (code < 0x80) bytes.push(code);
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
}
