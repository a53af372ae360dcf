import { referenceFormatOf } from "./referenceFormat";
import { ReferenceConverter } from "./referencesToScript";
import type { ReferenceFormat } from "./references";
import { noSurroundings, type Surroundings } from "./surroundings";
import { ScriptConverter, type Conversion } from "./toScript";
import type { TraceFormat } from "./TraceReader";

/** What makes a script of a trace; chosen by {@link converterOf}. */
export interface TraceConverter {
  /** Whether the script has already more lines than a script may have: the rest need not be read. */
  readonly isTooLong: boolean;
  feed(chunk: Uint8Array): void;
  /** Ends the trace. Call it once, after the last chunk. */
  finish(): Conversion;
}

/**
 * The converter for a trace of the format, or of the one that its first bytes show. `source` is named as its origin;
 * `surroundings` are those of lines that come into a script.
 */
export function converterOf(
  head: Uint8Array,
  source: string,
  format: TraceFormat | ReferenceFormat | "auto" = "auto",
  surroundings: Surroundings = noSurroundings,
): TraceConverter {
  if (format === "mtrace" || format === "rep") return new ScriptConverter(source, format, surroundings);
  const references = format === "auto" ? referenceFormatOf(head) : format;
  return references === null
    ? new ScriptConverter(source, "auto", surroundings)
    : new ReferenceConverter(source, references, surroundings);
}
