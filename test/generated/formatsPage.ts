import type { TraceFormat } from "../../src/trace/format";
import { allocationFormats, referenceFormats } from "../../src/trace/formats";

/** The page of documentation about trace formats, in Markdown; `media/traces.md` holds it. */
export function renderFormats(): string {
  return `# Trace formats

A trace is a recording of what a real program did. \`memscript replay\` plays it back, \`memscript convert\` and _Convert Trace to MemScript_ make a script of it.
Files may be packed with gzip (\`.gz\`); text in UTF-16 is read, too.

## How a trace is read

The format is recognised by the first lines of the file: the one that fits most of them is taken, and where two fit equally well, the ending of the file's name decides.
\`--format\` names it. With \`--vm\`, \`--cache\` or \`--curve\` only the formats of memory references are possible, with \`--heap\` only those of allocations.

The first line of the output says what was assumed, as in \`10 references read as decimal byte addresses (--format pages reads them as page numbers, --base 16 as hexadecimal)\`.
So do \`reading\` in the records of \`--json\` and the comments at the top of a converted script. What is doubtful is a warning.

Lines that do not belong to the trace, such as what the program itself printed, are passed over and counted; one warning names the first of them. Blank lines and lines that begin with \`#\` are comments in every format.

Bare numbers are page numbers when all of them are below 1000, otherwise addresses; with caches they are always addresses. \`--format pages\` and \`--format addresses\` set this explicitly.
Numbers without \`0x\` are decimal unless any line of the file needs hexadecimal digits (up to 4 MiB are read to find out); \`--base 10\` and \`--base 16\` say it.
In VS Code _Convert Trace to MemScript_ and _Replay in Memory Inspector_ ask what the numbers are where neither the lines nor the ending \`.ref\` say it.

\`--vm "page=256 frames=256; tlb 16 policy=fifo"\` replays an exercise of a textbook: after the options of \`vm\` a \`tlb\` statement says the entries, ways and policy of the lookaside buffer.

An access that both reads and writes, as \`M\` in a lackey trace, is one access, as cachegrind counts it. \`--modify=twice\` makes it a load and a store, as the cache lab of _Computer Systems: A Programmer's Perspective_ does.

## In Visual Studio Code

A click on a file with one of the endings below, packed or not, opens a page: what the file is and how it was read, its first numbers (requests, peak and leaks by call site; or references, page faults and cache misses),
and _Replay in Memory Inspector_, _Compare_ and _Convert to MemScript_. For \`.log\`, \`.out\`, \`.trace\`, \`.txt\` and any other \`.gz\` choose _Reopen Editor With… > Recorded Trace_; the same menu shows a trace as text.
The page reads the file only, is read again when the file changes, and counts at most the first 64 MiB, unpacked.

## Requests to an allocator

They are replayed in a heap, and compared under several policies.

In a converted script, a comment at the end of a line has the thread and the call site of the request, where the trace has them: \`b[0] = alloc 32  # thread 7 @ main+0x11\`. A leak is reported with its call site.
What a function of the allocator calls itself, such as \`malloc\` inside of \`realloc\`, is no request. \`posix_memalign\` is passed over, because logs do not show the address that it stores.

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
${files === "" ? "" : `- Files: ${files}.\n`}- Lines: ${lines}.
`;
}
