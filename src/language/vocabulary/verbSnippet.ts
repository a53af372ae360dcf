import { placeholder } from "../services/signature";
import type { OperandType, VerbDescription } from "./vocabularyTypes";

/** Operands whose words the editor suggests: their place stays empty, as a text in it would filter the suggestions. */
const suggested: ReadonlySet<OperandType> = new Set(["place", "handle", "name", "choice", "problem"]);

export interface VerbSnippet {
  /** The verb and its required operands as places to fill, in the snippet syntax of editors. */
  readonly text: string;
  /** Whether the first place is one to choose for. */
  readonly isSuggested: boolean;
}

/** Null for verbs that are written in several ways or have no operand that must be there. */
export function verbSnippet({ verb, patterns }: VerbDescription): VerbSnippet | null {
  const [pattern = [], ...others] = patterns;
  const required = pattern.filter(({ optional }) => optional !== true);
  const [first] = required.flatMap((element) => (element.kind === "operand" ? [element.type] : []));
  if (others.length > 0 || first === undefined) return null;
  let place = 0;
  const parts = required.map((element) => {
    if (element.kind === "word") return element.text;
    place += 1;
    return suggested.has(element.type) ? `$${place}` : `\${${place}:${placeholder(element)}}`;
  });
  return { text: [verb, ...parts].join(" "), isSuggested: suggested.has(first) };
}
