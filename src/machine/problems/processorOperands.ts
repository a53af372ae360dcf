import { bytes, number, placeOf, says, string } from "../../language/says";
import { quotedNames } from "./phrases";

const names = placeOf(quotedNames);

/** Values of statements about the processor, its lookaside buffer and the entries of its tables. */
export const processorOperands = {
  /** `controls` are those of the table's architecture. */
  "processor-control": says(
    "`{0}=` does not apply to a {1} table: its processor has {2}.",
    string("control"),
    string("table"),
    names("controls"),
  ),

  "physical-bits": says("`maxphyaddr=` is {0}; a physical address has 32 to 52 bits.", number("value")),

  "no-tlb": says("There is no lookaside buffer; declare one with a `tlb` line first."),

  "no-entries": says(
    "`pte` needs a page table in memory; declare the vm with `levels=`, or with `table=x86-64` or `sv39`.",
  ),

  /** Levels count from the lowest table, which is 0. */
  "table-level": says("`level=` is {0}; the tables have the levels 0 to {1}.", number("level"), number("highest")),

  "entry-frame": says("An entry has no room for frame number {0}.", number("frame")),

  "entry-word": says("`{0}` is not a word of {1}.", string("text"), bytes("bytes")),

  /** `names` are those of the entries' bits, which have the positions 0 to `highest`. */
  "entry-bit": says(
    "An entry has no bit `{0}`: its bits are {1}, and the positions 0 to {2}.",
    string("bit"),
    names("names"),
    number("highest"),
  ),

  "unreachable-entry": says(
    "Page {0} has no {1}: an entry above it does not lead to a table, or no frame is free for one.",
    number("page"),
    string("table"),
  ),
};
