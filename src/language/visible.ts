/**
 * What a terminal obeys instead of showing it: control characters but tabs and line ends, and the marks that turn the
 * direction of text around.
 */
const obeyed = /(?![\t\n])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const inOneLine = /[\t\n]/g;

/**
 * Text as it may go to a terminal or a report: each control character as an escape, such as `\u001b`. Inside a string of JSON
 * that is the same character, so JSON keeps its meaning.
 */
export function visible(text: string): string {
  return text.replace(obeyed, escaped);
}

/** The same for a name that has to stay within its line. */
export function visibleName(name: string): string {
  return visible(name).replace(inOneLine, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
