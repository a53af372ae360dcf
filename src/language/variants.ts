import type { Words } from "./Words";

/** A line that explains a problem: where the block was allocated, first freed, … `line` is 0-based. */
export interface RelatedLine {
  readonly line: number;
  readonly message: string;
}

/** What one problem says: a sentence with names and numbers, and the lines that led to it. */
export interface Told {
  readonly message: string;
  readonly related?: readonly RelatedLine[];
}

/** What a kind of problem can be about: for each variant its facts, as the parameter's type, and its words. */
type Variants = Readonly<Record<string, (facts: never, words: Words) => Told | string>>;

/** The facts of one of the variants; `kind` says which. */
export type FactsOfVariants<Table extends Variants> = {
  [Kind in keyof Table]: { readonly kind: Kind } & Parameters<Table[Kind]>[0];
}[keyof Table];

/** Words for the facts of any of the variants. */
export function tellVariant<Table extends Variants>(
  variants: Table,
): (facts: FactsOfVariants<Table>, words: Words) => Told {
  return (facts, words) => {
    const { kind } = facts as { readonly kind: keyof Table };
    // The type of facts has kinds of the table alone.
    const told = variants[kind]!(facts, words);
    return typeof told === "string" ? { message: told } : told;
  };
}
