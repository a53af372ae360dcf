/** Archives and other binary files by their first bytes. */
const signatures: readonly (readonly [string, readonly number[], number])[] = [
  ["a gzip archive", [0x1f, 0x8b], 0],
  ["a zip archive", [0x50, 0x4b, 3, 4], 0],
  ["an xz archive", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 0],
  ["a zstd archive", [0x28, 0xb5, 0x2f, 0xfd], 0],
  ["a bzip2 archive", [0x42, 0x5a, 0x68], 0],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 0],
  ["an lz4 archive", [4, 0x22, 0x4d, 0x18], 0],
  ["a tar archive", [0x75, 0x73, 0x74, 0x61, 0x72], 257],
];

const unpackers: Readonly<Record<string, string>> = {
  "a gzip archive": "gunzip",
  "a zip archive": "unzip",
  "an xz archive": "xz -d",
  "a zstd archive": "zstd -d",
  "a bzip2 archive": "bunzip2",
  "a 7z archive": "7z x",
  "an lz4 archive": "lz4 -d",
  "a tar archive": "tar -xf",
};

/** `PERFILE2`. */
const perfData = [0x50, 0x45, 0x52, 0x46, 0x49, 0x4c, 0x45, 0x32];
const elf = [0x7f, 0x45, 0x4c, 0x46];

/** Why a file with these first bytes is no trace, for files that people take for one; else null. */
export function whyForeign(head: Uint8Array, lines: readonly string[]): string | null {
  const startsWith = (bytes: readonly number[], at = 0): boolean =>
    bytes.every((byte, offset) => head[at + offset] === byte);
  const archive = signatures.find(([, bytes, at]) => startsWith(bytes, at));
  if (archive !== undefined) {
    return `This is ${archive[0]}: unpack it with \`${unpackers[archive[0]]}\` first. Of packed traces, only those with gzip around them once are read.`;
  }
  if (startsWith(perfData)) return "This is perf's own data: write it as text with `perf script` first.";
  if (startsWith(elf)) return "This is a program, not a trace of one.";
  return lines.some(isReportLine) ? mtraceReport : null;
}

const mtraceReport =
  "This is the report of the `mtrace` command, not the trace: give the file that MALLOC_TRACE named.";

/** The lines that the `mtrace` command prints: its headings, and what it has against a call. */
function isReportLine(line: string): boolean {
  return (
    /^(Memory not freed:|No memory leaks\.|Address\s+Size\s+Caller)$/.test(line) ||
    /^[-+!] 0x[0-9a-f]+ (Free|Alloc|Realloc) \d+ (was never alloc'd|duplicate)/i.test(line)
  );
}
