import { catalogue, problemIds } from "../../src/machine/problems/catalogue";

/**
 * The reference of all problems as Markdown, one section per id, so that `#double-free` is an anchor. `exampleFacts`
 * runs an example and gives the facts of its first problem, as JSON has them.
 */
export function renderProblems(exampleFacts: (example: string) => unknown): string {
  const sections = problemIds.map((id) => {
    const { severity, title, explanation, advice, example } = catalogue[id];
    return `## ${id}\n\n**${title}** (${severity}). ${explanation}\n\n${advice}\n\n\`\`\`memscript\n${example}\n\`\`\`\n\n\`\`\`json\n${JSON.stringify(exampleFacts(example))}\n\`\`\`\n`;
  });
  const introduction = [
    "Every problem that MemScript reports, by its id. Each section ends with the shortest script that raises it, and the",
    "`facts` that `--json` gives of it beside the message: lines count from 1, addresses are hexadecimal strings, and",
    "where a kind of problem has variants, `kind` says which.",
    "A line `expect problem ID` says that the next line is wrong on purpose.",
  ].join(" ");
  return `# Problems\n\n${introduction}\n\n${sections.join("\n")}`;
}
