import type { LeakFate } from "../leaks/reachability";
import { blockName, blockOrigin, bytes, lineName, plural, sentence } from "./wording";

/** One message for all blocks that one line allocated, nobody freed and the leak check found alike. */
export function leaked(site: readonly LeakFate[]): string {
  const [first] = site;
  if (site.length === 1) return `${sentence(blockOrigin(first.block))} is never freed: ${explain(first)}.`;
  const sum = site.reduce((total, { block }) => total + block.requested, 0);
  const names = site.slice(0, 3).flatMap(({ block: { handle } }) => (handle === null ? [] : [`\`${handle}\``]));
  const more = site.length > names.length ? ", …" : "";
  const who = names.length === 0 ? "" : ` (${names.join(", ")}${more})`;
  const { line } = first.block;
  return `${site.length} blocks allocated at ${lineName(line)} are never freed: ${bytes(sum)} in all${who}, ${first.kind}.`;
}

/** The kind in words, with what leads to the block still. */
function explain({ kind, from, handle, behind }: LeakFate): string {
  const holder = from === null ? "the vm's memory" : blockName(from);
  switch (kind) {
    case "still reachable":
      return `still reachable when the script ends, through ${handle === null ? holder : `\`${handle}\``}`;
    case "possibly lost": {
      const way = handle === null ? `a chain through ${holder}` : `\`${handle}\``;
      return `possibly lost, the only way to it is ${way} with a pointer into the middle of a block`;
    }
    case "indirectly lost":
      return `indirectly lost, only ${holder} leads to it, which is lost itself`;
    case "definitely lost": {
      const { blocks, bytes: size } = behind;
      return blocks === 0
        ? "definitely lost, nothing leads to it any more"
        : `definitely lost, and ${bytes(size)} in ${plural(blocks, "block")} with it`;
    }
  }
}
