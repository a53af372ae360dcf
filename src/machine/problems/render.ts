import { catalogue, problemIds } from "./catalogue";

/** The reference of all problems as Markdown, one section an id, so that `#double-free` is an anchor. */
export function renderProblems(): string {
  const sections = problemIds.map((id) => {
    const { severity, title, explanation, advice, example } = catalogue[id];
    return `## ${id}\n\n**${title}** (${severity}). ${explanation}\n\n${advice}\n\n\`\`\`memscript\n${example}\n\`\`\`\n`;
  });
  const introduction =
    "Every problem that MemScript reports, by its id. Each section ends with the shortest script that raises it. " +
    "A line `expect problem ID` says that the next line is wrong on purpose.";
  return `# Problems\n\n${introduction}\n\n${sections.join("\n")}`;
}
