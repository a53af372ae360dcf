/** A function call as a log writes it. */
export interface CallText {
  /** What stands before the function's name: a process id, a time, the address of the caller. */
  readonly before: string;
  readonly name: string;
  readonly arguments: readonly string[];
  /** How the arguments end: with `)`, or before the call returned, or without a return. */
  readonly end: "returned" | "unfinished" | "no-return";
  /** What stands after the arguments, without blanks around it: `= 0x4052a0`, `{`, `;`. */
  readonly after: string;
}

/** A call with the name that demanglers and tracers give operators: `operator new[](unsigned long)@libstdc++.so.6(32)`. */
const operatorCall =
  /(?:^|[^\w.~$])(operator (?:new|delete)(?:\[\])?)(?:\((?:unsigned|void|std::)[^)]*\))?(?:@[\w.@+-]+)?\(/;
const ends = [
  ["<unfinished ...>", "unfinished"],
  ["<no return ...>", "no-return"],
] as const;

/** The first call that a line names; null when it names none. */
export function parseCall(line: string): CallText | null {
  const head = line.includes("operator ") ? operatorHead(line) : functionHead(line);
  if (head === null) return null;
  const { start, name, from } = head;
  const before = line.slice(0, start);
  const to = endOfArguments(line, from);
  for (const [mark, end] of ends) {
    const cut = line.indexOf(mark, from);
    if (cut === -1 || (to !== -1 && to < cut)) continue;
    return { before, name, arguments: splitArguments(line.slice(from, cut)), end, after: "" };
  }
  if (to === -1) return null;
  const after = line.slice(to + 1).trim();
  return { before, name, arguments: splitArguments(line.slice(from, to)), end: "returned", after };
}

/** Where a call's name starts, the name, and where its arguments begin. */
interface CallHead {
  readonly start: number;
  readonly name: string;
  readonly from: number;
}

function operatorHead(line: string): CallHead | null {
  const match = operatorCall.exec(line);
  if (match === null) return null;
  return { start: match.index + match[0].indexOf("operator"), name: match[1], from: match.index + match[0].length };
}

/** The first name right before a parenthesis, also with a module between: `malloc@libc.so.6(32)`. */
function functionHead(line: string): CallHead | null {
  for (let open = line.indexOf("("); open !== -1; open = line.indexOf("(", open + 1)) {
    let start = startOf(isNamePart, line, open);
    let end = open;
    if (start > 0 && isModulePart[line.charCodeAt(start - 1)]) {
      const run = startOf(isModulePart, line, start);
      const at = line.indexOf("@", run);
      if (at < open && at !== -1) {
        start = startOf(isNamePart, line, at);
        end = at;
      }
    }
    const isMember = start > 0 && (line[start - 1] === "." || line[start - 1] === "~");
    if (start < end && !isMember && !isDigit(line.charCodeAt(start))) {
      return { start, name: line.slice(start, end), from: open + 1 };
    }
  }
  return null;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const partsOf = (pattern: RegExp): readonly boolean[] =>
  Array.from({ length: 256 }, (_, code) => pattern.test(String.fromCharCode(code)));
const isNamePart = partsOf(/[\w$]/);
const isModulePart = partsOf(/[\w$.@+-]/);

/** Where the characters begin that stand before `end` without a gap. */
function startOf(isPart: readonly boolean[], line: string, end: number): number {
  let at = end;
  while (at > 0 && isPart[line.charCodeAt(at - 1)]) at--;
  return at;
}

/** A call that a log interrupted: `<... malloc resumed> ) = 0x4052a0`; null for other lines. */
export function parseResumed(line: string): Pick<CallText, "before" | "name" | "after"> | null {
  if (!line.includes("<... ")) return null;
  const match = /<\.\.\. ([\w$]+)(?:@[\w.@+-]+)? resumed>/.exec(line);
  if (match === null) return null;
  const after = line.slice(match.index + match[0].length).trim();
  const result = after.lastIndexOf(" = ");
  return {
    before: line.slice(0, match.index),
    name: match[1],
    after: result === -1 ? after.replace(/^.*\)\s*(?==)/, "") : after.slice(result + 1),
  };
}

/** The place of the `)` that ends the arguments from `from` on, or -1. Texts may hold parentheses. */
function endOfArguments(line: string, from: number): number {
  const close = line.indexOf(")", from);
  const hides = (mark: string): boolean => line.slice(from, close).includes(mark);
  if (close === -1 || !(hides('"') || hides("("))) return close;
  let depth = 1;
  for (let at = from; at < line.length; at++) {
    const letter = line[at];
    if (letter === '"') at = endOfText(line, at);
    else if (letter === "(") depth++;
    else if (letter === ")" && --depth === 0) return at;
  }
  return -1;
}

/** The place of the quote that ends the text that begins at `from`, else the line's end. */
function endOfText(line: string, from: number): number {
  let at = from + 1;
  while (at < line.length && line[at] !== '"') at += line[at] === "\\" ? 2 : 1;
  return at;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let begin = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') at = endOfText(text, at);
    else if (text[at] === ",") {
      parts.push(text.slice(begin, at).trim());
      begin = at + 1;
    }
  }
  const last = text.slice(begin).trim();
  return last === "" && parts.length === 0 ? [] : [...parts, last];
}
