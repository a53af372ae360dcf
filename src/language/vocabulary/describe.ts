import type { OperandDescription, OperandType, OptionDescription, PatternElement } from "./vocabularyTypes";

/** Short forms in which the vocabulary files state their tables. */

type Details<T> = Omit<T, "kind" | "name" | "type" | "doc">;

export const operand = (
  name: string,
  type: OperandType,
  doc: string,
  details: Details<OperandDescription> = {},
): OperandDescription => ({ kind: "operand", name, type, doc, ...details });

export const word = (text: string): PatternElement => ({ kind: "word", text });

/** A word that may be left out together with the operand after it. */
export const optionalWord = (text: string): PatternElement => ({ kind: "word", text, optional: true });

export const option = (
  name: string,
  type: OperandType,
  doc: string,
  details: Details<OptionDescription> = {},
): OptionDescription => ({ name, type, doc, ...details });
