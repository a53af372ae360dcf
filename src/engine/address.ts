/**
 * Branded number types for addresses and units, so that a page number cannot pass for a byte address.
 *
 * All of them are non-negative integers up to 2^53 - 1 (real traces carry 48-bit pointers).
 * Inside the project they are numbers; on every wire (DAP, webview, JSON) addresses are hexadecimal strings.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = number & { readonly [brand]: Name };

/** An address as a script sees it: what a handle holds, what `free`, `write` and `read` take. */
export type Address = Branded<"Address">;
/** An address that a page table translates. */
export type VirtualAddress = Branded<"VirtualAddress">;
/** An address in physical memory: frame number times page size plus offset. */
export type PhysicalAddress = Branded<"PhysicalAddress">;
/** A virtual page number. */
export type PageNumber = Branded<"PageNumber">;
/** A physical frame number. */
export type FrameNumber = Branded<"FrameNumber">;

export const asAddress = (value: number): Address => value as Address;
export const asVirtualAddress = (value: number): VirtualAddress => value as VirtualAddress;
export const asPhysicalAddress = (value: number): PhysicalAddress => value as PhysicalAddress;
export const asPageNumber = (value: number): PageNumber => value as PageNumber;
export const asFrameNumber = (value: number): FrameNumber => value as FrameNumber;

/** The form an address has on every wire and in every message: `0x` and lower-case hexadecimal digits. */
export function toHex(value: number): string {
  return `0x${value.toString(16)}`;
}

/** Rounds up to the next multiple of `unit`, which need not be a power of two. */
export function roundUp(value: number, unit: number): number {
  const rest = value % unit;
  return rest === 0 ? value : value - rest + unit;
}
