/** Columns that a value may take before it is broken into lines. */
const width = 110;

/** A message's body for a transcript: JSON in which what fits stays on its line, and all else has one field a line. */
export function bodyText(body: unknown, before = 0, indent = ""): string {
  if (typeof body === "string") return textLines(body).join(` +\n${indent}  `);
  const line = onOneLine(body);
  if (body === null || typeof body !== "object" || indent.length + before + line.length <= width) return line;
  const inner = `${indent}  `;
  const [open, close, parts] = Array.isArray(body)
    ? ["[", "]", body.map((element) => bodyText(element, 0, inner))]
    : ["{", "}", fields(body).map(([name, value]) => `${name}: ${bodyText(value, name.length + 2, inner)}`)];
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
}

/** A text as literals, one a line of it. */
function textLines(text: string): string[] {
  return text.split(/(?<=\n)(?=.)/s).map((line) => JSON.stringify(line));
}

function onOneLine(body: unknown): string {
  if (Array.isArray(body)) return `[${body.map(onOneLine).join(", ")}]`;
  if (body === null || typeof body !== "object") return JSON.stringify(body);
  const parts = fields(body).map(([name, value]) => `${name}: ${onOneLine(value)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** Fields that a message carries, in which undefined means absent, with their names as JavaScript writes them. */
function fields(body: object): [string, unknown][] {
  const present = Object.entries(body).filter(([, value]) => value !== undefined);
  return present.map(([name, value]) => [/^\w+$/.test(name) ? name : JSON.stringify(name), value]);
}
