import type { NumberReading } from "./format";
import type { StrayLines } from "./problems";

/** How a trace was read: what was recognised, what was assumed, what was passed over. */
export interface TraceReading {
  readonly format: { readonly kind: unknown; readonly id: string; readonly name: string };
  /** Null where the format leaves nothing to decide. */
  readonly numbers: NumberReading | null;
  /** Whether the first lines could hardly be anything else than the format's. */
  readonly isSure: boolean;
  readonly strays: StrayLines;
}

/** What was read and how, as one line without a full stop: "10 references read as decimal addresses (…)". */
export function readingText(reading: TraceReading, operations: number): string {
  const { format, numbers } = reading;
  const noun = format.kind === "references" ? "reference" : "operation";
  const count = `${operations} ${noun}${operations === 1 ? "" : "s"}`;
  if (numbers === null) return `${count} read as ${format.name} (--format ${format.id})`;
  const others = alternatives(numbers);
  return `${count} read as ${numbersText(numbers)}${others === "" ? "" : ` (${others})`}`;
}

/** What to be careful about, as sentences, with the 0-based line that each is about. */
export function readingWarnings({
  format,
  numbers,
  isSure,
  strays,
}: TraceReading): { line: number; message: string }[] {
  const warnings: { line: number; message: string }[] = [];
  if (!isSure) {
    const message = `Few of the first lines are those of ${format.name}; --format says what the trace is.`;
    warnings.push({ line: 0, message });
  }
  if (numbers?.isUnitDoubted === true) {
    const message = "Nothing in the trace says whether its numbers are addresses or pages; --format says it.";
    warnings.push({ line: 0, message });
  }
  if (strays.count > 0) warnings.push({ line: strays.first, message: strayText(strays, format.name) });
  return warnings;
}

/** A reading as a field of records. Lines are 1-based there. */
export function readingRecord(reading: TraceReading, operations: number): object {
  const { format, numbers, isSure, strays } = reading;
  return {
    text: readingText(reading, operations),
    format: format.id,
    numbers: numbers?.unit ?? null,
    base: numbers?.base ?? null,
    isDoubted: !isSure || numbers?.isUnitDoubted === true,
    strayLines: strays.count,
    firstStrayLine: strays.count === 0 ? null : strays.first + 1,
  };
}

function numbersText({ unit, base }: NumberReading): string {
  const digits = base === null ? "" : base === 10 ? "decimal " : "hexadecimal ";
  if (unit === "mixed") return `${digits}page numbers, and as addresses where 0x is before them`;
  return unit === "pages" ? `${digits}page numbers` : `${digits}byte addresses`;
}

function alternatives({ unit, base }: NumberReading): string {
  const other =
    unit === "addresses"
      ? "--format pages reads them as page numbers"
      : "--format addresses reads them as byte addresses";
  if (base === null) return other;
  return `${other}, --base ${base === 10 ? "16 as hexadecimal" : "10 as decimal"}`;
}

function strayText({ count }: StrayLines, name: string): string {
  return count === 1
    ? `This line is not one of the trace (${name}); it was passed over.`
    : `${count} lines are not those of the trace (${name}), this one first; they were passed over.`;
}
