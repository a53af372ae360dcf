/** Why an operation of a trace cannot be followed as it was recorded. Lines are 0-based. */
export type TraceRefusal =
  /** A free, or a resize that is taken as an allocation, of a block that no line allocated. */
  | { readonly kind: "never-allocated"; readonly isFree: boolean }
  /** The same of a block that `line` freed. */
  | { readonly kind: "already-freed"; readonly isFree: boolean; readonly line: number }
  /** A new block where one lives since `line`; that one is freed first. */
  | { readonly kind: "still-live"; readonly line: number };

/** The reason as a clause without a full stop, for the end of a sentence. */
export function traceRefusalText(refusal: TraceRefusal): string {
  if (refusal.kind === "still-live") {
    return `the block is handed out again while it is live (since line ${refusal.line + 1}); freed first`;
  }
  const what = refusal.isFree ? "cannot free it" : "cannot resize the old block, taken as an allocation";
  return refusal.kind === "never-allocated"
    ? `${what}: the trace never allocated it`
    : `${what}: it was freed already, by line ${refusal.line + 1}`;
}
