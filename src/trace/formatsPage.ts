import type { TraceFormat } from "./format";
import { allocationFormats, referenceFormats } from "./formats";

/** The page of documentation about trace formats, in Markdown; `media/traces.md` holds it. */
export function renderFormats(): string {
  return `# Trace formats

A trace is a recording of what a real program did. \`memscript replay\` plays it back, \`memscript convert\` and _Convert Trace to MemScript_ make a script of it.
The format is recognised by the first lines of the file; \`--format\` names it. Files may be packed with gzip (\`.gz\`).

## Requests to an allocator

They are replayed in a heap, and compared under several policies.

${sections(allocationFormats)}
## Memory references

They are replayed through a page table and caches.

${sections(referenceFormats)}`;
}

function sections(formats: readonly TraceFormat[]): string {
  return formats.map(section).join("\n");
}

function section({ id, name, endings, source, lines }: TraceFormat): string {
  const files = endings.map((ending) => `\`.${ending}\``).join(", ");
  return `### ${name}

- Origin: ${source}.
- Option: \`--format ${id}\`.
- Files: ${files}.
- Lines: ${lines}.
`;
}
