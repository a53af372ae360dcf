import { toHex } from "../../engine/address";
import { setBits, type EntryBit } from "../../engine/vm/entryBits";
import { frameWord } from "../../engine/vm/entryDecoding";
import type { TableFormat } from "../../engine/vm/tableFormats";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import type { Operand } from "../../language/parsing/syntax";
import { say, series } from "../../language/phrases";
import type { Executors, Step } from "../step/Step";
import { neededVm } from "./vm";

type Change = (word: bigint) => bigint;

/** `pte PAGE -> FRAME "BITS"`, `pte PAGE WORD` and `pte PAGE set="BITS" clear="BITS"`. */
function writeEntry(step: Step): void {
  const vm = neededVm(step);
  const place = vm === null ? null : entryPlace(step, vm);
  if (vm === null || place === null) return;
  const { format } = vm.options;
  const change = readChange(step, format);
  if (change === null) return;
  const { page, level } = place;
  const table = format.levelNames[level];
  const written = vm.checked.writeEntry(vm.current, page, level, change);
  if (written === null) {
    step.raise("bad-operand", { kind: "unreachable-entry", page, table });
    return;
  }
  const { address, before, after } = written;
  step.tell(() => {
    const digits = (word: bigint): string => `0x${word.toString(16).padStart(2 * format.entryBytes, "0")}`;
    const facts = [table, toHex(address), digits(before), digits(after)];
    const bits = setBits(format.bits, after).join(" ");
    return series([
      say("The entry in the {0} at {1} was {2} and is {3}.", ...facts),
      bits === "" ? "" : say("Its bits: {0}.", bits),
    ]);
  });
}

/** The page and the level from the root; null when there is no such entry, which is reported. */
function entryPlace(step: Step, vm: VirtualMemory): { readonly page: number; readonly level: number } | null {
  const { format, pages } = vm.options;
  if (!vm.tables.areInMemory || vm.invertedTable !== null) {
    step.raise("bad-operand", { kind: "no-entries" });
    return null;
  }
  const page = step.whole(step.operand("page"), "page number", 0);
  const height = step.wholeOption("level", 0);
  if (page === null || height === null) return null;
  const lowest = format.indexBits.length - 1;
  if (page >= pages) step.raise("bad-operand", { kind: "no-page", page, pages });
  else if ((height ?? 0) > lowest) {
    step.raise("bad-operand", { kind: "table-level", level: height ?? 0, highest: lowest });
  } else return { page, level: lowest - (height ?? 0) };
  return null;
}

/** What the statement makes of the word that is there; null when it says nothing that can be, which is reported. */
function readChange(step: Step, format: TableFormat): Change | null {
  const base = readBase(step, format);
  const set = readBits(step, step.option("set"), format);
  const clear = readBits(step, step.option("clear"), format);
  if (base === null || set === null || clear === null) return null;
  return (word) => (base(word) | set) & ~clear;
}

/** What stands in the entry before `set=` and `clear=`: the frame and bits, the word, or what is there. */
function readBase(step: Step, format: TableFormat): Change | null {
  if (step.operand("frame") === undefined) {
    const operand = step.operand("word");
    const word = operand === undefined ? undefined : readWord(step, operand, format.entryBytes);
    return word === null ? null : (there) => word ?? there;
  }
  const frame = step.whole(step.operand("frame"), "frame number", 0);
  const bits = readBits(step, step.operand("bits"), format);
  if (frame === null || bits === null) return null;
  const word = frameWord(format, frame);
  if (word !== null) return () => word | bits;
  step.raise("bad-operand", { kind: "entry-frame", frame });
  return null;
}

/** A word of so many bytes: a number, or a text with a hexadecimal or decimal one, since numbers end at 2^53. */
function readWord(step: Step, operand: Operand, bytes: number): bigint | null {
  let text: string;
  if (operand.kind === "string") text = operand.text.trim().replaceAll("_", "");
  else {
    const value = step.whole(operand, "entry", 0);
    if (value === null) return null;
    text = String(value);
  }
  const word = /^(0x[0-9a-f]+|[0-9]+)$/i.test(text) ? BigInt(text) : null;
  if (word !== null && word < 1n << BigInt(8 * bytes)) return word;
  step.raise("bad-operand", { kind: "entry-word", text, bytes }, { span: operand.span });
  return null;
}

/** The bits that a text names: by the manual's names, or by their positions. */
function readBits(step: Step, operand: Operand | undefined, { bits, entryBytes }: TableFormat): bigint | null {
  if (operand?.kind !== "string") return 0n;
  let word = 0n;
  for (const name of operand.text.split(/[\s,]+/).filter((part) => part !== "")) {
    const position = positionOf(name, bits);
    if (position === null || position >= 8 * entryBytes) {
      const names = bits.map((bit) => bit.name);
      const facts = { bit: name, names, highest: 8 * entryBytes - 1 };
      step.raise("bad-operand", { kind: "entry-bit", ...facts }, { span: operand.span });
      return null;
    }
    word |= 1n << BigInt(position);
  }
  return word;
}

function positionOf(name: string, bits: readonly EntryBit[]): number | null {
  const known = bits.find((bit) => bit.name.toUpperCase() === name.toUpperCase());
  if (known !== undefined) return known.position;
  return /^[0-9]{1,2}$/.test(name) ? Number(name) : null;
}

export const entryExecutors: Executors = { pte: writeEntry };
