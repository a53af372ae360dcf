import { ProgramDocument } from "./ProgramDocument";
import type { Program } from "./syntax";

/** Parses a script. Never throws; a bad line is one problem and the other lines still run. Linear in the text's length. */
export function parse(text: string): Program {
  return new ProgramDocument(text).program();
}
