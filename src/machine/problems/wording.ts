import { toHex } from "../../engine/address";
import type { Allocation } from "../state/allocation";

/** `1 byte`, `40 bytes`. */
export function bytes(count: number): string {
  return plural(count, "byte");
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `line 3`, counted from 1 as editors show it. */
export function lineName(line: number): string {
  return `line ${line + 1}`;
}

/** The handle in code quotes, or what stands for a block without one. */
export function handleOr({ handle }: Allocation, otherwise: string): string {
  return handle === null ? otherwise : `\`${handle}\``;
}

/** A value as messages show it: addresses in hexadecimal, small numbers as they are. */
export function shown(value: number): string {
  if (value > Number.MAX_SAFE_INTEGER) return `about ${toHex(value)}`;
  return Number.isSafeInteger(value) && value >= 0x1000 ? `${value} (${toHex(value)})` : String(value);
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
