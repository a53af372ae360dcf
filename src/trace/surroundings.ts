import type { Work } from "../language/coroutines";
import { statementsYielding } from "../language/parsing/statementsByLine";
import type { Program, Statement } from "../language/parsing/syntax";

/** What a script has already at the place where the lines of a trace come into it. */
export interface Surroundings {
  /** The heap that serves requests there; null: the lines bring their own. */
  readonly heap: string | null;
  readonly hasVm: boolean;
  /** What a heap of the lines' own is called: another name than all regions of the script have. Null: it needs none. */
  readonly ownName: string | null;
}

/** A script of the trace alone. */
export const noSurroundings: Surroundings = { heap: null, hasVm: false, ownName: null };

/** What there is below so many lines of a script, with yields. */
export function* surroundingsBelow(program: Program, lines: number): Work<Surroundings> {
  const declared = yield* statementsYielding(program, makesRegion);
  const above = declared.filter(({ line }) => line < lines).map(({ statement }) => statement);
  const heap = above.find(({ verb }) => verb !== "vm" && verb !== "pool" && verb !== "slab");
  const names = new Set(
    declared.filter(({ statement }) => isDeclaration(statement)).map((each) => nameOf(each.statement)),
  );
  let ownName = names.has(usualName) ? "trace" : null;
  for (let number = 2; ownName !== null && names.has(ownName); number++) ownName = `trace${number}`;
  return { heap: heap === undefined ? null : nameOf(heap), hasVm: above.some(({ verb }) => verb === "vm"), ownName };
}

/** The name of a heap without one, also of that of 1 MiB which an allocation makes. */
const usualName = "heap";

function nameOf({ verb, operands }: Statement): string {
  const name = verb === "alloc" || verb === "calloc" ? undefined : operands["name"];
  return name?.kind === "word" ? name.word : usualName;
}

function isDeclaration({ verb }: Statement): boolean {
  return verb === "heap" || verb === "pool" || verb === "slab";
}

function makesRegion(statement: Statement): boolean {
  const { verb, options } = statement;
  if (verb === "alloc" || verb === "calloc") return !("from" in options);
  return verb === "vm" || isDeclaration(statement);
}
