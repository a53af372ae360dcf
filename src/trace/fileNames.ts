import type { TraceFormat } from "./format";
import { formats } from "./formats";

/** The endings of files in the formats, as a file dialog filters by them: an archive is known by its last one alone. */
export function endingsOf(among: readonly TraceFormat[] = formats): string[] {
  return [...among.flatMap(({ endings }) => endings), "gz"];
}

/** A regular expression's source for the names of files in the formats, packed or not. */
export function namePattern(among: readonly TraceFormat[]): string {
  return `\\.(${among.flatMap(({ endings }) => endings).join("|")})(\\.gz)?$`;
}

export function isTraceName(path: string, among: readonly TraceFormat[] = formats): boolean {
  return new RegExp(namePattern(among), "i").test(path);
}
