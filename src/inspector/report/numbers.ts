import { format, type InspectorStrings } from "../strings";

/** What every part of the report writes with. */
export interface ReportTexts {
  readonly strings: InspectorStrings;
  /** `1,048,576`, or `0.125` with at most four places. */
  readonly count: (value: number) => string;
  /** `136 bytes`. */
  readonly bytes: (value: number) => string;
}

/** `lang` is a BCP 47 language. */
export function reportTexts(strings: InspectorStrings, lang: string): ReportTexts {
  const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 4 });
  const count = (value: number): string => numbers.format(value);
  return {
    strings,
    count,
    bytes: (value) => (value === 1 ? strings.byte : format(strings.bytes, count(value))),
  };
}
