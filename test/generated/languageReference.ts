import { units } from "../../src/language/parsing/numbers";
import { renderVerbMarkdown } from "../../src/language/services/signature";
import { vocabulary } from "../../src/language/vocabulary/vocabulary";
import type { VerbArea } from "../../src/language/vocabulary/vocabularyTypes";

const titles: Readonly<Record<VerbArea, string>> = {
  heap: "Heap",
  bytes: "Bytes",
  pool: "Pools",
  vm: "Virtual memory",
  cache: "Caches",
  proof: "Proof",
  control: "Loops and names",
};

/** The language reference, a Markdown page, from the vocabulary. */
export function renderReference(): string {
  const sections = (Object.keys(titles) as VerbArea[]).map((area) => {
    const verbs = vocabulary.filter((entry) => entry.area === area);
    const entries = verbs.map((entry) => {
      const heading = entry.silent ? "`name = EXPRESSION`" : `\`${entry.verb}\``;
      return `### ${heading}\n\n${renderVerbMarkdown(entry, true)}\n`;
    });
    return `## ${titles[area]}\n\n${entries.join("\n")}`;
  });
  return `${introduction()}\n${sections.join("\n")}\n## Problems\n\nEvery mistake that a run can report is described in [problems.md](problems.md).\n`;
}

function introduction(): string {
  return `# The MemScript language

A script is a list of memory operations, one a line. \`#\` starts a comment. \`name = verb …\` binds a handle.
Operands come in their order, separated by spaces; options \`key=value\` follow them in any order.

- Numbers: \`42\`, \`0x2a\`, \`0b101010\`, \`1_000\`, \`1e6\`, \`0.75\`, up to 2^53 - 1; sizes with a unit: ${[...units.keys()].map((unit) => `\`${unit}\``).join(" ")}.
- Expressions: \`+ - * / % ( )\` over numbers, handles (a handle is its address), \`sizeof(h)\` and loop variables. Where operands follow each other, a \`-\` with a space before and none behind starts a new operand: \`write a -1\`.
- Conditions: \`== != < <= > >=\`, joined by \`&&\` \`||\` \`!\`; \`exists(nodes)\` tells whether a heap, pool or slab cache of the name is there.
- Ranges are half-open: \`0x1000..0x3000\`.
- Texts: \`"…"\` in UTF-8 with the escapes of C: \`\\n\` \`\\t\` \`\\0\` \`\\\\\` \`\\"\` \`\\xHH\`.
- Indexed handles: \`b[3]\`, \`b[i]\`.
`;
}
