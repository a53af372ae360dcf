import { toHex } from "../../engine/address";
import type { Allocation } from "../state/allocation";

/** `1 byte`, `40 bytes`. */
export function bytes(count: number): string {
  return plural(count, "byte");
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `line 3`, counted from 1 as editors show it. After an edit lines are found by it in messages (`Renumbering`). */
export function lineName(line: number): string {
  return `line ${line + 1}`;
}

/** "the 40-byte block `a`" */
export function blockName(allocation: Allocation): string {
  const name = allocation.handle === null ? "" : ` \`${allocation.handle}\``;
  return `the ${allocation.requested}-byte block${name}`;
}

/** "the 40-byte block `a` allocated at line 3" */
export function blockOrigin(allocation: Allocation): string {
  return `${blockName(allocation)} allocated at ${lineName(allocation.line)}`;
}

/** "freed at line 7", "freed by `destroy nodes` at line 3"; null while the block is live. */
export function fate({ freed, region }: Allocation): string | null {
  if (freed === null) return null;
  const by = {
    free: "",
    realloc: " by `realloc`",
    reset: ` by \`reset ${region}\``,
    trim: ` by \`trim ${region}\``,
    destroy: ` by \`destroy ${region}\``,
    exit: " by the end of its process",
  };
  return `freed${by[freed.by]} at ${lineName(freed.line)}`;
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
