import { runToEnd } from "../../language/coroutines";
import { partsOf, ReferenceParts } from "../../machine/compare/parts/ReferenceParts";
import type { ComparedPart, PolicyChoice } from "../../machine/compare/parts/parts";
import type { WholeComparison } from "../../machine/compare/WholeComparison";
import { curvesOf, type CurveRequest } from "../../machine/curves/pagingCurves";
import { usualCurveOptions } from "../../machine/curves/faultCounts";
import { plainReplacement } from "../../machine/verbs/vmDeclaration";
import { PageCollector } from "../../machine/replay/PageCollector";
import type { ReferenceReplayOptions } from "../../machine/replay/ReferenceReplay";
import type { TraceReading } from "../../trace/reading";
import { usualPageSize } from "../../trace/request";
import { CliError } from "../errors";
import type { Input } from "../inputs";
import { readOptions, type ReferenceRequest } from "../references";
import { readingLines, refuseNoTrace } from "../traces";

/** What of the trace's memory can be compared, and how it is replayed. */
export interface ReferenceMemory {
  readonly options: ReferenceReplayOptions;
  readonly present: ReadonlySet<ComparedPart>;
}

/** The memory that the command line describes; where it says no policy of replacement, that is lru. */
export function referenceMemory(
  command: string,
  request: Pick<ReferenceRequest, "candidates" | "request" | "vm" | "cache" | "limits">,
): ReferenceMemory {
  const read = readOptions(command, request);
  const usual = plainReplacement("lru");
  const options = read.vm === null ? read : { ...read, vm: { ...read.vm, replacement: read.vm.replacement ?? usual } };
  return { options, present: partsOf(options) };
}

/** Streams a trace of memory references twice: for its pages, and through every chosen memory side by side. */
export async function compareReferences(
  file: Input,
  { options }: ReferenceMemory,
  choice: PolicyChoice,
  asked: CurveRequest,
  now: () => number,
): Promise<{ readonly comparison: WholeComparison; readonly reading: readonly string[] }> {
  const curves = { ...asked, options: options.vm?.replacement ?? usualCurveOptions };
  const pageSize = options.vm?.options.pageSize ?? usualPageSize;
  const hasCaches = options.caches.length > 0;
  const collector = new PageCollector(options.formats, pageSize, { ...options.request, hasCaches });
  for await (const chunk of file.chunks()) collector.feed(chunk);
  const collected = collector.finish();
  const pages = collector.isTooLong ? null : collected;
  if (Object.keys(choice).length === 0) return onlyCurves(file, collector.reading, pages, curves);
  const compared = new ReferenceParts(options, choice, pages, now);
  for await (const chunk of file.chunks()) compared.feed(chunk);
  const { parts, report } = compared.finish();
  if (report === null) throw new CliError(`${file.name}: none of the policies can be run`);
  const { format, references: operations, problems } = report;
  if (operations === 0 && problems.length === 0) throw new CliError(`${file.name}: The trace is empty.`);
  refuseNoTrace(file, { format, operations, problems });
  const hasPages = pages !== null && pages.length > 0 && options.vm !== null;
  const paging = hasPages ? runToEnd(curvesOf(pages, curves)) : null;
  return { comparison: { heap: null, parts, paging }, reading: readingLines(file, report.reading, operations) };
}

function onlyCurves(
  file: Input,
  reading: TraceReading | null,
  pages: Float64Array | null,
  curves: CurveRequest,
): { readonly comparison: WholeComparison; readonly reading: readonly string[] } {
  if (pages === null) throw new CliError(`${file.name}: the trace has more references than curves can be of`);
  if (pages.length === 0) throw new CliError(`${file.name}: The trace is empty.`);
  const paging = runToEnd(curvesOf(pages, curves));
  return { comparison: { heap: null, parts: [], paging }, reading: readingLines(file, reading, pages.length) };
}
