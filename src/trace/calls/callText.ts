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

/** The name with what demanglers and tracers add to it: `malloc@libc.so.6`, `operator new(unsigned long)`. */
const start =
  /(?:^|[^\w.~$])((?:operator (?:new|delete)(?:\[\])?|[A-Za-z_][\w$]*))(?:\((?:unsigned|void|std::)[^)]*\))?(?:@[\w.@+-]+)?\(/;
const unfinished = /\s*<(unfinished|no return) \.\.\.>/;

/** The first call that a line names; null when it names none. */
export function parseCall(line: string): CallText | null {
  const match = start.exec(line);
  if (match === null) return null;
  const name = match[1];
  const before = line.slice(0, match.index + match[0].indexOf(name));
  const from = match.index + match[0].length;
  const cut = unfinished.exec(line.slice(from));
  const to = endOfArguments(line, from);
  if (cut !== null && (to === -1 || from + cut.index < to)) {
    const end = cut[1] === "unfinished" ? "unfinished" : "no-return";
    return { before, name, arguments: splitArguments(line.slice(from, from + cut.index)), end, after: "" };
  }
  if (to === -1) return null;
  return {
    before,
    name,
    arguments: splitArguments(line.slice(from, to)),
    end: "returned",
    after: line.slice(to + 1).trim(),
  };
}

/** A call that a log interrupted: `<... malloc resumed> ) = 0x4052a0`; null for other lines. */
export function parseResumed(line: string): Pick<CallText, "before" | "name" | "after"> | null {
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
