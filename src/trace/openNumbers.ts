import type { NumberReading } from "./format";
import { formats, referenceFormats } from "./formats";
import { recognise } from "./recognise";
import { ReferenceBatch } from "./references";
import type { TraceRequest } from "./request";
import { TraceReader } from "./TraceReader";

/**
 * How the numbers of a trace with these first bytes, decompressed ones, would be read where neither its format nor the
 * ending of its name says it; null where nothing is open, as for addresses with `0x`.
 */
export function openNumbers(head: Uint8Array, request: TraceRequest): NumberReading | null {
  if (/\.ref(\.gz)?$/i.test(request.name ?? "")) return null;
  if (recognise(head, formats, request)?.format.kind !== "references") return null;
  const reader = new TraceReader(referenceFormats, request);
  const batch = new ReferenceBatch();
  reader.feed(head, batch);
  reader.finish(batch);
  const numbers = reader.reading?.numbers ?? null;
  return numbers?.base === null ? null : numbers;
}
