import { processorModeChoices } from "./choices";
import { operand, option, word } from "./describe";
import type { OptionDescription, VerbDescription } from "./vocabularyTypes";

const onOff = (name: string, doc: string): OptionDescription => option(name, "choice", doc, { choices: ["on", "off"] });

/** The processor's mode, entries of its page tables, and what it remembers of them. */
export const processorVerbs: readonly VerbDescription[] = [
  {
    verb: "mode",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("mode", "choice", "The privilege that the processor runs in; it stays when left out.", {
          choices: processorModeChoices.choices,
          optional: true,
        }),
      ],
    ],
    options: [
      onOff("wp", "x86, CR0.WP: a supervisor respects read-only pages; `on` at first."),
      onOff("smep", "x86, CR4.SMEP: a supervisor executes no user page; `off` at first."),
      onOff("smap", "x86, CR4.SMAP: a supervisor reads and writes no user page while `ac` is off; `off` at first."),
      onOff("ac", "x86, EFLAGS.AC, as `stac` and `clac` set it: lifts `smap`; `off` at first."),
      onOff("sum", "RISC-V, sstatus.SUM: a supervisor may read and write user pages; `off` at first."),
      onOff("mxr", "RISC-V, sstatus.MXR: what can be executed can be read; `off` at first."),
      onOff(
        "svade",
        "RISC-V, Svade: a clear A bit, or a clear D bit at a write, is a page fault instead of being set; `off` at first.",
      ),
    ],
    doc: "Sets the processor's mode and the controls of its access checks; what is not given stays. Until a `mode` line, and with `any`, the letter `u` of a page has no effect. In `user` mode a page without `u` is forbidden; in `supervisor` mode the controls say what may be done with the user's pages. Tables other than `sv39` follow x86.",
    example: "mode supervisor smep=on smap=on",
  },
  {
    verb: "pte",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("page", "count", "Virtual page number."),
        word("->"),
        operand("frame", "count", "The frame number of the entry."),
        operand("bits", "string", "The bits of the entry, by the manual's names or positions, as `P R/W U/S`.", {
          optional: true,
        }),
      ],
      [
        operand("page", "count", "Virtual page number."),
        operand("word", "text-or-value", "The whole word: a number, or a text such as `0x8000000000014067`.", {
          optional: true,
        }),
      ],
    ],
    options: [
      option("level", "count", "Which table on the way to the page, counted from the lowest, which is 0.", {
        default: "0",
        unit: "levels",
      }),
      option("set", "string", "Bits to set in the word, by names or positions."),
      option("clear", "string", "Bits to clear in the word, by names or positions."),
    ],
    doc: "Writes an entry of the page table by hand, as a kernel does: a frame with bits, a whole word, or with `set=` and `clear=` alone some bits of the word that is there. From then on the processor goes by the bytes of the tables, so that permissions of upper entries, reserved bits, misaligned superpages and entries that lead elsewhere count; tables that are missing on the way are made. The pages that `map` knows stay, and the next change of such a page writes its entry again. The tables must be in memory.",
    example: 'pte 5 level=1 clear="U/S"',
  },
  {
    verb: "flush",
    area: "vm",
    binds: "none",
    patterns: [
      [
        operand("pages", "range", "One page number, or page numbers `first..end` without the end; all when left out.", {
          optional: true,
        }),
      ],
    ],
    options: [],
    doc: "Makes the lookaside buffer forget translations: those of pages of the current process, as INVLPG of x86 and SFENCE.VMA of RISC-V do, global ones included, or everything.",
    example: "flush 0..4",
  },
];
