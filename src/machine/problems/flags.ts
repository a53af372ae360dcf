import { pageFlags } from "../../engine/vm/entryBits";

const letters = [
  ["r", pageFlags.read],
  ["w", pageFlags.write],
  ["x", pageFlags.execute],
  ["u", pageFlags.user],
] as const;

/** `rw-u`: the permissions of a page-table entry. */
export function permissionLetters(flags: number): string {
  return letters.map(([letter, bit]) => ((flags & bit) === 0 ? "-" : letter)).join("");
}

const marks = [
  ["C", pageFlags.copyOnWrite],
  ["S", pageFlags.shared],
  ["G", pageFlags.global],
] as const;

/** `rw-uAD`: permissions with accessed and dirty, then `C` (copied when written), `S` (shared) and `G` (global) where set. */
export function entryLetters(flags: number): string {
  const accessed = (flags & pageFlags.accessed) === 0 ? "-" : "A";
  const dirty = (flags & pageFlags.dirty) === 0 ? "-" : "D";
  const others = marks.map(([letter, bit]) => ((flags & bit) === 0 ? "" : letter)).join("");
  return permissionLetters(flags) + accessed + dirty + others;
}

/** The bits that a script's word stands for: `rwx`, `r-x`, `none`. */
export function permissionBits(word: string): number {
  if (word === "none") return 0;
  return letters.reduce((bits, [letter, bit]) => (word.includes(letter) ? bits | bit : bits), 0);
}
