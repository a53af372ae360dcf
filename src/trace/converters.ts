import type { TraceFormat } from "./format";
import { allocationFormats, formats } from "./formats";
import { recognise } from "./recognise";
import { ReferenceConverter } from "./referencesToScript";
import { noSurroundings, type Surroundings } from "./surroundings";
import { ScriptConverter, type Conversion } from "./toScript";

/** Makes a script of a trace; chosen by {@link converterOf}. */
export interface TraceConverter {
  /** Whether the script already has more lines than a script may have: the rest need not be read. */
  readonly isTooLong: boolean;
  feed(chunk: Uint8Array): void;
  /** Ends the trace. Call it once, after the last chunk. */
  finish(): Conversion;
}

/**
 * The converter for a trace of the candidate that its first bytes fit best. `source` is named as its origin;
 * `surroundings` are those of lines that come into a script.
 */
export function converterOf(
  head: Uint8Array,
  source: string,
  candidates: readonly TraceFormat[] = formats,
  surroundings: Surroundings = noSurroundings,
): TraceConverter {
  const format = recognise(head, candidates)?.format;
  if (format?.kind === "references") return new ReferenceConverter(source, format, surroundings);
  return new ScriptConverter(source, format === undefined ? allocationFormats : [format], surroundings);
}
