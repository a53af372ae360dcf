import type { Words } from "../../language/Words";
import type { Told } from "./ProblemKind";

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
    const told = variants[(facts as { readonly kind: keyof Table }).kind](facts, words);
    return typeof told === "string" ? { message: told } : told;
  };
}
