import type { Phrase } from "./phrases";

/** Puts values into a text, in the language that a host shows: `{0}` stands for the first one. `vscode.l10n.t` is one. */
export type Translate = (text: string, ...values: (string | number)[]) => string;

/** The texts as they are written, for the command line and tests. */
export const inEnglish: Translate = (text, ...values) =>
  text.replaceAll(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));

/**
 * Makes sentences from facts, at the edge where people read them. Each text is a literal argument of `say` or `count`
 * called on `words` (or `this`, here): a test collects the texts from these calls and compares them with the translations.
 */
export class Words {
  /** `limits`: whether a limit is raised by a setting of the editor or by an option of the command line. */
  constructor(
    private readonly translate: Translate,
    readonly limits: "settings" | "options" = "settings",
  ) {}

  say(text: string, ...values: (string | number)[]): string {
    return this.translate(text, ...values);
  }

  /** One of two texts by a number, which is `{0}` in both; further values follow. */
  count(number: number, one: string, many: string, ...values: (string | number)[]): string {
    return this.translate(number === 1 ? one : many, number, ...values);
  }

  /** A phrase in words. */
  text(phrase: Phrase): string {
    if (typeof phrase === "string") return phrase;
    if (phrase.kind === "sentence") {
      const values = phrase.values.map((value) => (typeof value === "number" ? value : this.text(value)));
      return this.translate(phrase.text, ...values);
    }
    const items = phrase.items.map((item) => this.text(item));
    return phrase.between === "and" ? this.list(items) : items.join(phrase.between);
  }

  /** "1 byte", "24 bytes". */
  bytes(length: number): string {
    return this.count(length, "{0} byte", "{0} bytes");
  }

  /** Items as one part of a sentence: "a, b and c". */
  list(items: readonly string[]): string {
    const last = items.at(-1) ?? "";
    return items.length < 2 ? last : this.say("{0} and {1}", items.slice(0, -1).join(", "), last);
  }
}

export const englishWords = new Words(inEnglish);

/** What the command line says. */
export const commandLineWords = new Words(inEnglish, "options");
