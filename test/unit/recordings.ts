import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One operation that a real allocator performed, as `test/fixtures/recordings/README.md` describes it. */
export interface RecordedOperation {
  /** The letter of the operation. */
  readonly op: string;
  readonly words: readonly string[];
  /** The first field of the result when it goes by position: an address relative to the heap's start, or `-`. */
  readonly result: string | null;
  /** Fields with a tag, such as `free=`. */
  readonly fields: Readonly<Partial<Record<string, number>>>;
  readonly text: string;
}

export interface Recording {
  /** Where the heap begins, and its bytes. */
  readonly start: number;
  readonly size: number;
  readonly operations: readonly RecordedOperation[];
}

/** Reads a recording of `test/fixtures/recordings`. */
export function readRecording(name: string): Recording {
  const packed = readFileSync(join(__dirname, "../fixtures/recordings", `${name}.rec.gz`));
  const lines = gunzipSync(packed).toString("utf8").trimEnd().split("\n");
  const heap = lines.map((line) => /^# heap ([0-9a-f]+) size (\d+)$/.exec(line)).find((match) => match !== null);
  if (heap === undefined) throw new Error(`${name} does not say where its heap is`);
  const operations = lines.filter((line) => !line.startsWith("#")).map(readOperation);
  return { start: parseInt(heap[1], 16), size: Number(heap[2]), operations };
}

function readOperation(text: string): RecordedOperation {
  const [operation, results = ""] = text.split(" = ");
  const [op, ...words] = operation.split(" ");
  const parts = results.split(" ");
  const tagged = parts.filter((part) => part.includes("="));
  return {
    op,
    words,
    result: parts.find((part) => !part.includes("=")) ?? null,
    fields: Object.fromEntries(tagged.map((part) => part.split("=")).map(([tag, value]) => [tag, Number(value)])),
    text,
  };
}
