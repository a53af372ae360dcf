import type { TraceFormat } from "../trace/format";
import type { TraceRequest } from "../trace/request";
import { usage } from "./arguments";
import type { Input } from "./inputs";
import { candidatesOf, recogniseFile } from "./traces";

/** What a command line asks of a trace. */
export interface TraceWish {
  /** The command, for usage errors. */
  readonly command: string;
  /** Of `--format`. */
  readonly format: string;
  /** Options for memory references alone that are given, and one for heaps alone, as people write them; empty: none. */
  readonly forReferences: string;
  readonly forHeap: string;
  readonly hasCaches: boolean;
}

/**
 * The formats of the kind that the trace has, of which its reader chooses one. What the user asks for counts: options for
 * memory references make only their formats possible, and those of a heap only the others.
 */
export async function wantedFormats(
  file: Input,
  { command, format, forReferences, forHeap, hasCaches }: TraceWish,
  request: TraceRequest,
): Promise<readonly TraceFormat[]> {
  const said = candidatesOf(command, format);
  const possible = said.filter(({ kind }) => (kind === "references" ? forHeap === "" : forReferences === ""));
  if (said.length === 1 && possible.length === 1) return possible;
  const found = await recogniseFile(file, possible, { ...request, hasCaches });
  if (found !== null) return possible.filter(({ kind }) => kind === found.format.kind);
  const other = said.length === 1 ? said[0] : (await recogniseFile(file, said, request))?.format;
  if (other === undefined) return possible.length === 0 ? said : firstKind(possible);
  if (forReferences !== "" && other.kind === "allocations") {
    throw usage(
      command,
      `${forReferences} are for traces of memory references, and this is one of allocations (${other.id})`,
    );
  }
  throw usage(command, `${forHeap} is for traces of allocations, and this is one of memory references (${other.id})`);
}

/** Without a recognised trace any kind will say why it is none. */
function firstKind(possible: readonly TraceFormat[]): readonly TraceFormat[] {
  return possible.filter(({ kind }) => kind === possible[0]?.kind);
}
