const nullNames = new Set(["0", "0x0", "(nil)", "nil", "NULL", "(null)", "null", "nullptr"]);
/** Where ARM keeps a tag: the top byte of a 64-bit address is no part of it. */
const addressBits = 2 ** 56;

/** Without a name before it (`size=32`, `size: 32`, `size 32`) and punctuation after it. */
function bare(text: string): string {
  return text.replace(/^[A-Za-z_]\w*(?:\s*[=:]\s*|\s+(?=[-\d]))/, "").replace(/[;,]+$/, "");
}

/** An address; 0 for all ways to write a null pointer, NaN for what is none or has more than 53 bits. */
export function parsePointer(written: string): number {
  if (/^0x[0-9a-f]{1,13}$/i.test(written)) return Number.parseInt(written, 16);
  const text = bare(written);
  if (nullNames.has(text)) return 0;
  if (!/^(?:0x)?[0-9a-f]+$/i.test(text)) return Number.NaN;
  const digits = text.replace(/^0x/i, "");
  const value = digits.length > 14 ? Number.parseInt(digits.slice(-14), 16) : Number.parseInt(digits, 16);
  return value < addressBits && Number.isSafeInteger(value) ? value : Number.NaN;
}

/**
 * A number of bytes or elements, decimal or hexadecimal with 0x. It may be larger than 2^53, then rounded: programs ask
 * for such sizes, and are refused. A negative one is what `size_t` makes of it. NaN for what is no number.
 */
export function parseCount(written: string): number {
  const text = /^\d+$/.test(written) ? written : bare(written);
  if (text === "NULL" || text === "(nil)" || text === "nil") return 0;
  if (!/^(?:-?\d+|0x[0-9a-f]+)$/i.test(text)) return Number.NaN;
  const value = Number(text);
  return value < 0 ? 2 ** 64 + value : value;
}

/** The bytes of a text that a log quotes, with the zero at its end; NaN when it is not quoted. */
export function parseTextLength(written: string): number {
  const match = /^"((?:[^"\\]|\\.)*)"/s.exec(bare(written));
  if (match === null) return Number.NaN;
  return match[1].replace(/\\(?:[0-7]{1,3}|x[0-9a-f]{1,2}|.)/gis, "?").length + 1;
}
