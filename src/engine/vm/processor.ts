import type { AccessKind } from "./contract";
import { pageFlags } from "./entryBits";
import type { TableFormatName } from "./tableFormats";

export const processorModes = ["any", "user", "supervisor"] as const;
export type ProcessorMode = (typeof processorModes)[number];

/**
 * The privilege that the processor runs in and the checks of its control registers. With `any` the mode is
 * not looked at, and the flags about pages of the user have no effect.
 *
 * Sources: Intel SDM vol. 3A, 4.1.3 (paging-mode modifiers) and 4.6 (access rights); The RISC-V Instruction Set Manual
 * vol. II, "Memory Privilege in mstatus Register" and "Svade".
 */
export interface Processor {
  readonly mode: ProcessorMode;
  /** CR0.WP: a supervisor's writes respect read-only pages. */
  readonly wp: boolean;
  /** CR4.SMEP: a supervisor executes no user page. */
  readonly smep: boolean;
  /** CR4.SMAP: a supervisor reads and writes no user page while EFLAGS.AC is clear. */
  readonly smap: boolean;
  /** EFLAGS.AC, which `stac` sets and `clac` clears. */
  readonly ac: boolean;
  /** sstatus.SUM: a supervisor may read and write user pages. */
  readonly sum: boolean;
  /** sstatus.MXR: what can be executed can be read. */
  readonly mxr: boolean;
  /** Svade: a clear A bit, or a clear D bit at a write, is a page fault; software sets them. */
  readonly svade: boolean;
}

export const plainProcessor: Processor = {
  mode: "any",
  wp: true,
  smep: false,
  smap: false,
  ac: false,
  sum: false,
  mxr: false,
  svade: false,
};

/** Flags by the architecture that has them; tables of free geometry take those of x86. */
const x86Controls = ["wp", "smep", "smap", "ac"] as const;
const riscvControls = ["sum", "mxr", "svade"] as const;
export const processorControls = [...x86Controls, ...riscvControls] as const;
export type ProcessorControl = (typeof processorControls)[number];

/** The flags that the processor of a table has. */
export function controlsOf(name: TableFormatName): readonly ProcessorControl[] {
  return isRiscv(name) ? riscvControls : x86Controls;
}

export function isRiscv(name: TableFormatName): boolean {
  return name === "sv39";
}

/** Whether every check is the one that a script without `mode` has. */
export function isPlain(processor: Processor): boolean {
  return processor.mode === "any" && !processor.mxr && !processor.svade;
}

/** Which rule refuses an access to a page that is there. */
export type Denial =
  /** The page does not permit this kind of access. */
  | "permission"
  /** User mode, and the page is the supervisor's. */
  | "supervisor-page"
  /** Supervisor mode, and the page is the user's: executing under SMEP, data under SMAP without AC. */
  | "smep"
  | "smap"
  /** The same on RISC-V: never executed, and data only with SUM. */
  | "user-code"
  | "sum";

/** The permission that a kind of access needs; compared, not looked up, because every reference asks. */
export function neededFlag(kind: AccessKind): number {
  if (kind === "read") return pageFlags.read;
  return kind === "write" ? pageFlags.write : pageFlags.execute;
}

/**
 * Which rule refuses an access to a page with these flags, which are those of all levels together; null when none does.
 * Intel SDM vol. 3A, 4.6.1; RISC-V Privileged, "Virtual Address Translation Process", the steps about U, SUM, MXR and RWX.
 */
export function denialOf(flags: number, kind: AccessKind, processor: Processor, name: TableFormatName): Denial | null {
  const { mode, wp, smep, smap, ac, sum, mxr } = processor;
  const isUserPage = (flags & pageFlags.user) !== 0;
  if (mode === "user" && !isUserPage) return "supervisor-page";
  if (mode === "supervisor" && isUserPage) {
    if (isRiscv(name)) {
      if (kind === "execute") return "user-code";
      if (!sum) return "sum";
    } else if (kind === "execute" ? smep : smap && !ac) return kind === "execute" ? "smep" : "smap";
  }
  if ((flags & neededFlag(kind)) !== 0) return null;
  if (kind === "read" && mxr && isRiscv(name) && (flags & pageFlags.execute) !== 0) return null;
  if (kind === "write" && mode === "supervisor" && !wp && !isRiscv(name)) return null;
  return "permission";
}

/** Svade: the bit that software must set before an access to a page with these flags, or null. */
export function clearBitOf(
  flags: number,
  kind: AccessKind,
  { svade }: Processor,
  name: TableFormatName,
): "A" | "D" | null {
  if (!svade || !isRiscv(name)) return null;
  if ((flags & pageFlags.accessed) === 0) return "A";
  return kind === "write" && (flags & pageFlags.dirty) === 0 ? "D" : null;
}
