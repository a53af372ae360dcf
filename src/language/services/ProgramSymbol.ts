import { firstPassing } from "../parsing/search";
import { lineOfInstruction, statementOfInstruction } from "../parsing/statementsByLine";
import type { SymbolKind } from "../vocabulary/vocabularyTypes";
import type { Program, Span, Statement } from "../parsing/syntax";

export interface Occurrence {
  readonly line: number;
  /** The bare name, without an index. */
  readonly span: Span;
  readonly role: "definition" | "reference";
  readonly statement: Statement;
}

/** More than the columns of any statement. */
const mostColumns = 2 ** 14;

/**
 * A name that a script binds, and where it stands, in the order of the text. As numbers, of which a long script has a
 * hundred thousand at each key that somebody types: as many objects would stop the host for a collection of garbage.
 */
export class ProgramSymbol {
  /** Instruction, column and whether it is bound there, as one number that is larger further down. */
  private readonly places: number[] = [];
  private isSorted = true;

  constructor(
    private readonly program: Program,
    readonly name: string,
    readonly kind: SymbolKind,
    /** The first line that binds it. */
    readonly firstBound: number,
  ) {}

  /** How many places there are. */
  get count(): number {
    return this.places.length;
  }

  /** All of them. */
  get occurrences(): readonly Occurrence[] {
    return this.sorted().map((place) => this.occurrence(place));
  }

  add(instruction: number, column: number, binds: boolean): void {
    const place = 2 * (instruction * mostColumns + column) + (binds ? 1 : 0);
    this.isSorted &&= (this.places.at(-1) ?? -1) < place;
    this.places.push(place);
  }

  /** The place with a number, from 0 on. */
  at(index: number): Occurrence {
    return this.occurrence(this.sorted()[index]!);
  }

  /** Of places before and after a line, so many at most of each. */
  around(line: number, most: number): readonly Occurrence[] {
    const places = this.sorted();
    const from = firstPassing(places.length, (index) => line <= this.lineOf(places[index]!));
    return places.slice(Math.max(0, from - most), from + most).map((place) => this.occurrence(place));
  }

  private sorted(): readonly number[] {
    if (!this.isSorted) this.places.sort((left, right) => left - right);
    this.isSorted = true;
    return this.places;
  }

  private lineOf(place: number): number {
    return lineOfInstruction(this.program, Math.floor(place / (2 * mostColumns)));
  }

  private occurrence(place: number): Occurrence {
    const instruction = Math.floor(place / (2 * mostColumns));
    const start = Math.floor(place / 2) % mostColumns;
    return {
      line: lineOfInstruction(this.program, instruction),
      span: { start, end: start + this.name.length },
      role: place % 2 === 1 ? "definition" : "reference",
      statement: statementOfInstruction(this.program, instruction),
    };
  }
}
