import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";

/** Whether a path has to be expanded: shells do it unless it is quoted, and not on every system. */
export const isPattern = (path: string): boolean => /[*?[{]/.test(path);

/**
 * The files that a pattern names, in order: `*` and `?` within a name, `[abc]`, `{a,b}`, and `**` for folders of any depth.
 * Wildcards do not match names that begin with a dot.
 */
export async function filesMatching(pattern: string): Promise<string[]> {
  const parts = (sep === "\\" ? pattern.replaceAll("\\", "/") : pattern).split("/");
  if (parts.at(-1) === "**") parts.push("*");
  const found = new Set<string>();
  await match(parts[0] === "" ? "/" : "", parts[0] === "" ? parts.slice(1) : parts, found);
  return [...found].sort();
}

/** The files of a folder and those in it, in order, whose names have an ending. Hidden ones are passed over. */
export function filesWithin(folder: string, ending: string): Promise<string[]> {
  return filesMatching(join(literal(folder), "**", `*${ending}`));
}

/** A path in which no character is a wildcard. */
const literal = (path: string): string => path.replaceAll(/[*?[{]/g, (character) => `[${character}]`);

async function match(folder: string, parts: readonly string[], found: Set<string>): Promise<void> {
  const part = parts.at(0);
  const rest = parts.slice(1);
  if (part === undefined) return;
  if (part === "**") {
    await match(folder, rest, found);
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory() && isSearched(entry.name)) await match(join(folder, entry.name), parts, found);
    }
    return;
  }
  for (const name of await namesMatching(folder, part)) {
    const path = join(folder, name);
    if (rest.length > 0) await match(path, rest, found);
    else if (await isFile(path)) found.add(path);
  }
}

const isSearched = (name: string): boolean => !name.startsWith(".") && name !== "node_modules";

async function namesMatching(folder: string, part: string): Promise<string[]> {
  if (!isPattern(part)) return [part];
  const expression = new RegExp(`^${expressionOf(part)}$`, "u");
  const isHiddenWanted = part.startsWith(".");
  return (await entriesOf(folder))
    .map(({ name }) => name)
    .filter((name) => expression.test(name) && (isHiddenWanted || !name.startsWith(".")));
}

/** A regular expression for the wildcards of a name; brackets and braces that are not closed stand for themselves. */
function expressionOf(part: string): string {
  return part.replaceAll(/\*+|\?|\[[^\]]+\]|\{[^}]*\}|[\\^$.|+()[\]{}/]/g, (piece) => {
    if (piece.startsWith("*")) return ".*";
    if (piece === "?") return ".";
    if (piece.length === 1) return `\\${piece}`;
    const inner = piece.slice(1, -1);
    if (piece.startsWith("{")) return `(?:${inner.split(",").map(expressionOf).join("|")})`;
    return `[${inner.replace(/^!/, "^").replaceAll(/[\\[\]]/g, "\\$&")}]`;
  });
}

/** A folder that cannot be read has nothing in it. Links to folders are not followed by `**`. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}
