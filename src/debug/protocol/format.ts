import { toHex } from "../../engine/address";

/** How numbers are shown: addresses always in hexadecimal, others as the client's value format asks. */
export class ValueFormat {
  constructor(private readonly isHex: boolean) {}

  number(value: number): string {
    if (!this.isHex || !Number.isSafeInteger(value)) return String(Number(value.toPrecision(15)));
    return value < 0 ? `-${toHex(-value)}` : toHex(value);
  }

  bytes(count: number): string {
    return `${this.number(count)} ${count === 1 ? "byte" : "bytes"}`;
  }
}

/** `1 block`, `2 blocks`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Printable ASCII as it is, everything else as a dot, as a hex dump's right column shows it. */
export function printable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (0x20 <= byte && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
}

export function hexBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
