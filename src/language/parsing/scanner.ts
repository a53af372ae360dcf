import type { Span } from "./syntax";
import type { SyntaxError } from "./syntaxProblems";

/** A piece of a line. `bad` pieces carry what is wrong with them. */
export interface Token extends Span {
  readonly kind: "name" | "number" | "string" | "sign" | "bad";
  readonly text: string;
  readonly problem?: SyntaxError;
}

export interface ScannedLine {
  readonly tokens: readonly Token[];
  readonly comment: Span | null;
}

const twoCharacterSigns = new Set(["->", "..", "==", "!=", "<=", ">=", "&&", "||"]);
const oneCharacterSigns = "+-*/%()[]=<>!.";

/** Splits one line (without its terminator) into tokens, in one pass whatever the line holds. */
export function scanLine(text: string): ScannedLine {
  const tokens: Token[] = [];
  let at = 0;
  const add = (kind: Token["kind"], end: number, problem?: SyntaxError) => {
    const piece = text.slice(at, end);
    tokens.push(
      problem === undefined ? { kind, start: at, end, text: piece } : { kind, start: at, end, text: piece, problem },
    );
    at = end;
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) at += 1;
    else if (code === 0x23) return { tokens, comment: { start: at, end: text.length } };
    else if (isNameStart(code)) add("name", endOfWord(text, at));
    else if (isDigit(code)) add("number", endOfNumber(text, at));
    else if (code === 0x22) {
      const end = endOfString(text, at);
      if (end < 0) add("bad", text.length, { kind: "open-text" });
      else add("string", end);
    } else if (twoCharacterSigns.has(text.slice(at, at + 2))) add("sign", at + 2);
    else if (oneCharacterSigns.includes(text.charAt(at))) add("sign", at + 1);
    else add("bad", endOfJunk(text, at), junkProblem(text, at));
  }
  return { tokens, comment: null };
}

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

export const isNameStart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;

export const isNamePart = (code: number): boolean => isNameStart(code) || isDigit(code);

/** Space, tab, and the no-break space that comes with text copied from a web page. */
export const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0xa0;

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && isNamePart(text.charCodeAt(end))) end += 1;
  return end;
}

/** Digits with their prefix or unit, and a fraction; `0..4` stays a number, a sign and a number. */
function endOfNumber(text: string, start: number): number {
  const end = endOfWord(text, start);
  const hasFraction = text.charAt(end) === "." && isDigit(text.charCodeAt(end + 1));
  return hasFraction ? endOfWord(text, end + 1) : end;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at + 1;
  }
  return -1;
}

function isJunk(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return !(isSpace(code) || isNamePart(code) || code === 0x22 || code === 0x23 || isSign(text, at));
}

function isSign(text: string, at: number): boolean {
  return oneCharacterSigns.includes(text.charAt(at)) || twoCharacterSigns.has(text.slice(at, at + 2));
}

function endOfJunk(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && isJunk(text, end)) end += 1;
  return end;
}

function junkProblem(text: string, at: number): SyntaxError {
  const code = text.codePointAt(at) ?? 0;
  if (code < 0x20 || code === 0x7f || code === 0xfffd) return { kind: "control-character", code };
  const character = String.fromCodePoint(code);
  if ("“”„«»'‘’`".includes(character)) return { kind: "quotes", character };
  if (character === ",") return { kind: "comma" };
  if (character === ";" || character === "{" || character === "}") return { kind: "separator", character };
  return { kind: "character", character, code };
}
