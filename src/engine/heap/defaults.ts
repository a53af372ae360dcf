import { redZoneSize, type HeapOptions } from "./options";

/**
 * The options of a heap with everything not said left at the language's defaults: first fit, address order, immediate
 * coalescing, 32-byte headers, no footers, 8-byte alignment, no red zones, fills or quarantine, blocks of at least
 * header + footer + red zones + align, no growth, and so nothing given back.
 */
export function defaultHeapOptions(
  name: string,
  base: number,
  size: number,
  partial: Partial<Omit<HeapOptions, "name" | "base" | "size">> = {},
): HeapOptions {
  const header = partial.header ?? 32;
  const footer = partial.footer ?? 0;
  const align = partial.align ?? 8;
  const redzone = redZoneSize(partial.redzone ?? 0, align);
  return {
    name,
    base,
    size,
    policy: partial.policy ?? "first-fit",
    order: partial.order ?? "address",
    coalesce: partial.coalesce ?? "immediate",
    rounding: partial.rounding ?? "request",
    header,
    footer,
    align,
    min: partial.min ?? header + footer + 2 * redzone + align,
    grow: partial.grow ?? 0,
    growth: partial.growth ?? "multiple",
    max: Math.max(size, partial.max ?? size),
    trim: partial.trim ?? null,
    realloc: partial.realloc ?? "in-place",
    redzone,
    fresh: partial.fresh ?? null,
    freed: partial.freed ?? null,
    quarantine: partial.quarantine ?? 0,
    bytes: partial.bytes ?? true,
  };
}
