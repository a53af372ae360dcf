import type * as vscode from "vscode";
import { drive, type WorkHost } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import { partsOf, ReferenceParts } from "../../machine/compare/parts/ReferenceParts";
import { choosePolicies, comparedParts, type ComparedPart, type PolicyChoice } from "../../machine/compare/parts/parts";
import { survey, type Survey } from "../../machine/compare/parts/survey";
import { TraceComparison } from "../../machine/compare/TraceComparison";
import { compareWhole, type WholeComparison } from "../../machine/compare/WholeComparison";
import { usualCurveOptions } from "../../machine/curves/faultCounts";
import { curvesOf } from "../../machine/curves/pagingCurves";
import { readCacheText, readVmText } from "../../machine/replay/declarations";
import { PageCollector } from "../../machine/replay/PageCollector";
import type { ReferenceReplayOptions } from "../../machine/replay/ReferenceReplay";
import type { MachineOptions } from "../../machine/run/options";
import { plainReplacement } from "../../machine/verbs/vmDeclaration";
import type { ReferenceFormat } from "../../trace/format";
import { formats, referenceFormats } from "../../trace/formats";
import { Head } from "../../trace/head";
import { recognise } from "../../trace/recognise";
import { nameOf } from "../debugging/programUri";
import { feedTrace, readTraceBytes } from "../traces/traceBytes";

/** What is compared, as far as it is known before policies are chosen. */
export type Subject =
  | { readonly kind: "script"; readonly program: Program; readonly options: MachineOptions; readonly found: Survey }
  | { readonly kind: "allocations" }
  | { readonly kind: "references"; readonly format: ReferenceFormat };

/** Runs the script once to see what it has; undefined when cancelled. */
export async function scriptSubject(
  program: Program,
  options: MachineOptions,
  host: WorkHost,
): Promise<Subject | undefined> {
  const found = await drive(survey(program, options), host);
  return found && { kind: "script", program, options, found };
}

/** Of which kind a trace is: one that no format fits is left to the reader of allocations, which says why it is none. */
export async function traceSubject(uri: vscode.Uri): Promise<Subject> {
  const head = new Head();
  for await (const { bytes } of readTraceBytes(uri, Infinity)) if (head.add(bytes)) break;
  const found = recognise(head.take(), formats, { name: nameOf(uri) });
  return found?.format.kind === "references" ? { kind: "references", format: found.format } : { kind: "allocations" };
}

/** The memory that a trace of references goes through, or what is wrong with its description. */
export function memoryOf(vm: string, cache: string): ReferenceReplayOptions | { readonly message: string } {
  const declared = vm === "" ? null : readVmText(vm);
  if (declared !== null && "message" in declared) return declared;
  const caches = readCacheText(cache);
  if ("message" in caches) return caches;
  const table = declared && { ...declared, replacement: declared.replacement ?? plainReplacement("lru") };
  return { formats: referenceFormats, vm: table, ...caches };
}

/** The parts whose policies can be compared. */
export function presentParts(subject: Subject, memory: ReferenceReplayOptions | null): ReadonlySet<ComparedPart> {
  if (subject.kind === "script") return subject.found.present;
  return subject.kind === "allocations" || memory === null ? new Set(["heap"]) : partsOf(memory);
}

/** `{ choice: { tlb: ["lru"] } }` or `{ policies: ["first-fit", …] }` from another command; null: nothing is chosen. */
export function givenChoice(options: unknown, present: ReadonlySet<ComparedPart>): PolicyChoice | null {
  const given = (options ?? {}) as { readonly choice?: unknown; readonly policies?: unknown };
  if (typeof given.choice === "object" && given.choice !== null) {
    const byPart = given.choice as Readonly<Record<string, unknown>>;
    const chosen = comparedParts.filter((part) => present.has(part)).map((part) => known(byPart[part], present, part));
    return Object.assign({}, ...chosen) as PolicyChoice;
  }
  return Array.isArray(given.policies) ? known(given.policies, present, null) : null;
}

/** Words that name no policy of what is there are left out. */
function known(words: unknown, present: ReadonlySet<ComparedPart>, part: ComparedPart | null): PolicyChoice {
  if (!Array.isArray(words)) return {};
  const possible = words.filter(
    (word): word is string => typeof word === "string" && "choice" in choosePolicies([word], present, part),
  );
  const chosen = choosePolicies(possible, present, part);
  return "choice" in chosen ? chosen.choice : {};
}

/** Undefined when cancelled. Rejects with a message for people when the file cannot be read. */
export async function compareSubject(
  uri: vscode.Uri,
  subject: Subject,
  memory: ReferenceReplayOptions | null,
  choice: PolicyChoice,
  host: WorkHost,
): Promise<WholeComparison | undefined> {
  const now = (): number => host.now();
  if (subject.kind === "script") {
    return drive(compareWhole(subject.program, subject.found, choice, subject.options, now), host);
  }
  if (subject.kind === "references" && memory !== null) {
    return compareReferences(uri, { ...memory, formats: [subject.format] }, choice, host);
  }
  const trace = new TraceComparison(choice.heap ?? [], now);
  const isComplete = await feedTrace(uri, host, (bytes) => {
    trace.feed(bytes);
    return true;
  });
  if (!isComplete) return undefined;
  const { comparison, report } = trace.finish();
  const problem = report.problems.at(0);
  if (report.operations === 0 && problem !== undefined) throw new Error(problem.message);
  return { heap: comparison, parts: [], paging: null };
}

async function compareReferences(
  uri: vscode.Uri,
  options: ReferenceReplayOptions,
  choice: PolicyChoice,
  host: WorkHost,
): Promise<WholeComparison | undefined> {
  const request = { name: nameOf(uri), hasCaches: options.caches.length > 0 };
  const collector = new PageCollector(options.formats, options.vm?.options.pageSize ?? 4096, request);
  const isCollected = await feedTrace(uri, half(host, 0), (bytes) => {
    collector.feed(bytes);
    return true;
  });
  if (!isCollected) return undefined;
  const collected = collector.finish();
  const pages = collector.isTooLong ? null : collected;
  const compared = new ReferenceParts({ ...options, request }, choice, pages, () => host.now());
  const isComplete = await feedTrace(uri, half(host, 0.5), (bytes) => {
    compared.feed(bytes);
    return true;
  });
  if (!isComplete) return undefined;
  const { parts, report } = compared.finish();
  const problem = report?.problems.at(0);
  if (report?.references === 0 && problem !== undefined) throw new Error(problem.message);
  if (pages === null || pages.length === 0 || options.vm === null) return { heap: null, parts, paging: null };
  const curves = { options: options.vm.replacement ?? usualCurveOptions };
  const paging = await drive(curvesOf(pages, curves), { ...half(host, 0.5), progress: () => undefined });
  return paging && { heap: null, parts, paging };
}

/** A host that counts the share done as half of the work, from `begin` on. */
function half(host: WorkHost, begin: number): WorkHost {
  return { ...host, progress: (done) => host.progress?.(begin + done / 2) };
}

/** Why the text describes no memory, for an input box. */
export function whyNoMemory(vm: string, cache: string): string | undefined {
  const memory = memoryOf(vm, cache);
  return "message" in memory ? memory.message : undefined;
}
