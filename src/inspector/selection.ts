/**
 * The one thing that all views of the panel have selected. Addresses are hexadecimal, as in the model; lines are
 * 0-based, null where none is known.
 */
export type Selection =
  /** `address` is where the block begins, header included; `line` allocated it. */
  | { readonly kind: "block"; readonly address: string; readonly line: number | null }
  | { readonly kind: "address"; readonly address: string }
  /** `address` is the page's first one. */
  | { readonly kind: "page"; readonly process: string; readonly page: number; readonly address: string }
  | { readonly kind: "frame"; readonly frame: number }
  | { readonly kind: "step"; readonly step: number; readonly line: number | null };

export function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-f]{1,14}$/.test(value);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const checks: Readonly<Record<string, (fields: Readonly<Record<string, unknown>>) => boolean>> = {
  block: ({ address, line }) => isAddress(address) && (line === null || isCount(line)),
  address: ({ address }) => isAddress(address),
  page: ({ process, page, address }) => typeof process === "string" && isCount(page) && isAddress(address),
  frame: ({ frame }) => isCount(frame),
  step: ({ step, line }) => isCount(step) && (line === null || isCount(line)),
};

export function isSelection(value: unknown): value is Selection {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  const { kind } = fields;
  return typeof kind === "string" && Object.hasOwn(checks, kind) && checks[kind](fields);
}

/** The virtual address that a selection stands for; null for frames and steps. */
export function addressOf(selection: Selection | null): string | null {
  return selection !== null && "address" in selection ? selection.address : null;
}

/** The line of the script that a selection leads to. */
export function lineOf(selection: Selection | null): number | null {
  return selection !== null && "line" in selection ? selection.line : null;
}
