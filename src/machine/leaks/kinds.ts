import { bytes, plural } from "../problems/wording";

/** How lost a block is, in memcheck's words, worst first. */
export const leakKinds = ["definitely lost", "indirectly lost", "possibly lost", "still reachable"] as const;
export type LeakKind = (typeof leakKinds)[number];

/** Blocks of each kind: their number and the bytes asked for. */
export type LeakSummary = Readonly<Record<LeakKind, { readonly bytes: number; readonly blocks: number }>>;

/** `definitely lost: 40 bytes in 1 block`, a line for each kind; none when no block is live. */
export function leakSummaryText(summary: LeakSummary): string[] {
  if (leakKinds.every((kind) => summary[kind].blocks === 0)) return [];
  const lines = leakKinds.map((kind) => {
    const { bytes: size, blocks } = summary[kind];
    return `  ${kind}: ${bytes(size)} in ${plural(blocks, "block")}`;
  });
  return ["leak summary:", ...lines];
}
