/** The shape of the vocabulary: one entry describes a verb once, for parser, editor, formatter and reference alike. */

/**
 * What an operand or option accepts.
 * size and count: expression >= 0 · address and value: any expression · place: handle, handle + n or address ·
 * handle: a name or indexed name · range: `a..b` or one expression · string · text-or-value: string or expression ·
 * name: the bare name of a heap, pool, process… · choice: one of `choices` · flags: letters of `letters` ·
 * condition: expression giving true or false · problem: an id of the problem catalogue.
 */
export type OperandType =
  | "size"
  | "count"
  | "address"
  | "value"
  | "place"
  | "handle"
  | "range"
  | "string"
  | "text-or-value"
  | "name"
  | "choice"
  | "flags"
  | "condition"
  | "problem";

/** What bare names name. A `region` is a heap, pool, slab cache or processor cache; an `area` is a part of a process's address space. */
export const symbolKinds = ["handle", "variable", "region", "process", "area"] as const;
export type SymbolKind = (typeof symbolKinds)[number];

export interface OperandDescription {
  readonly kind: "operand";
  readonly name: string;
  readonly type: OperandType;
  readonly optional?: true;
  /** The accepted words of a `choice`; of other types, the accepted literal numbers. */
  readonly choices?: readonly string[];
  /** Of `flags`: the letters that may appear. `-` is a place holder and `none` the empty set. */
  readonly letters?: string;
  /** Of a `name`: what it names; a region when left out. */
  readonly names?: SymbolKind;
  /** Of a `name`: the statement declares it. */
  readonly binds?: true;
  /** The statement changes the block, region or process that the operand names; other operands are only read. */
  readonly changes?: true;
  /** The statement needs a block that is live. */
  readonly live?: true;
  readonly doc: string;
}

/** One element of a statement's pattern, in order. */
export type PatternElement =
  | OperandDescription
  /** A literal word or sign, such as `x` in `pool p 64 x 10` or `->` in `map 0 -> 10`. `optional` with the operand after it. */
  | { readonly kind: "word"; readonly text: string; readonly optional?: true };

export interface OptionDescription {
  readonly name: string;
  readonly type: OperandType;
  readonly choices?: readonly string[];
  /** What a choice means, by the choice: one line of Markdown. */
  readonly choiceDocs?: Readonly<Record<string, string>>;
  readonly letters?: string;
  /** Of a `name`: what it names; a region when left out. */
  readonly names?: SymbolKind;
  /** As a user would write it; absent when leaving the option out means something else (then `doc` says what). */
  readonly default?: string;
  /** `bytes`, `blocks`, `pages`, … where the value has a unit. */
  readonly unit?: string;
  readonly doc: string;
}

export type VerbArea = "heap" | "bytes" | "pool" | "vm" | "cache" | "proof" | "control";

export interface VerbDescription {
  readonly verb: string;
  readonly area: VerbArea;
  /** `required`: only as `h = verb …`; `optional`; `none`: never binds. */
  readonly binds: "required" | "optional" | "none";
  /** What the name is bound to, one noun phrase; absent when the verb never binds. */
  readonly result?: string;
  /** A line without the verb's word, `name = EXPRESSION`: the word itself is never written. */
  readonly silent?: true;
  /** What may follow the verb: the first pattern that fits the line is taken. There is at least one. */
  readonly patterns: readonly (readonly PatternElement[])[];
  readonly options: readonly OptionDescription[];
  /** Later lines rest on what it makes: with a mistake in an option it still runs, without that option. */
  readonly declares?: true;
  /** What it does at the address that it names; `chosen`: what its `kind` operand says, a read when left out. */
  readonly access?: "read" | "write" | "chosen";
  /** It changes nothing: the debugger evaluates it without a copy of memory. */
  readonly readOnly?: true;
  /** What it did is too much for a line: a hover shows the story of its last execution. */
  readonly reports?: true;
  /** One paragraph of Markdown. */
  readonly doc: string;
  /** One valid line. */
  readonly example: string;
}
