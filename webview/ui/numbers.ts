import { format, type InspectorStrings } from "../../src/inspector/strings";

const language = document.documentElement.lang || "en";
const whole = new Intl.NumberFormat(language);
const short = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const percentage = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** `1,048,576`. */
export const count = (value: number): string => whole.format(value);

/** `1.5`. */
export const decimal = (value: number): string => short.format(value);

/** `12.5%` from 0.125. */
export const percent = (share: number): string => percentage.format(share);

/** A size for the eye, `1,023.6 KiB`; tables and facts give the exact number besides. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${short.format(value)} ${units[unit]}`;
}

/** `136 bytes`. */
export const bytes = (value: number, strings: InspectorStrings): string =>
  value === 1 ? strings.byte : format(strings.bytes, count(value));

/** `3 blocks`. */
export const blocks = (value: number, strings: InspectorStrings): string =>
  value === 1 ? strings.block : format(strings.blocks, count(value));
