import type { CacheTrail } from "../../engine/cache/CacheTrail";
import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import type { Latencies } from "../../engine/cache/contract";
import type { HeapContract } from "../../engine/heap/contract";
import type { VirtualMemoryContract } from "../../engine/vm/contract";
import type { Expression, Program, PlacedStatement, Statement } from "../../language/parsing/syntax";
import type { Yield } from "../../language/coroutines";
import type { FreeReport } from "../freeing/freeCheck";
import type { LeakSummary } from "../leaks/kinds";
import type { Problem, StepRecord } from "../records/records";
import type { FixedSizeRegion, Region } from "../state/regions";

/** Budgets of one run; passing one is the problem `limit-exceeded`, which names the limit and the setting that raises it. */
export interface MachineLimits {
  /** Executed lines; rounds of an empty loop count too. Setting `memscript.limits.steps`. */
  readonly steps: number;
  /** Largest size of one heap or pool in bytes; frames of physical memory are counted by `blocks`. Setting `memscript.limits.memory`. */
  readonly memory: number;
  /** Simulated bytes that may exist at once, all stores together. Setting `memscript.limits.residentMemory`. */
  readonly residentMemory: number;
  /** Live blocks of all heaps and pools together, and frames of the vm. Setting `memscript.limits.blocks`. */
  readonly blocks: number;
  /** Problems kept; later ones are counted, not kept. Setting `memscript.limits.problems`. */
  readonly problems: number;
}

export interface MachineOptions {
  readonly limits: MachineLimits;
  /** `--set heap.policy=best-fit`: overrides or adds options of statements, `area.option` to its written value. */
  readonly overrides: ReadonlyMap<string, string>;
  /** What was changed by hand, in order of position; none when left out. */
  readonly edits?: readonly Edit[];
}

/** A statement that somebody had performed between two steps: part of the run from then on, but no step of it. */
export interface Edit extends PlacedStatement {
  /** Steps executed before it. */
  readonly position: number;
}

/** What is known for good about one allocation; it outlives the block, so that late mistakes can name their origin. */
export interface Allocation {
  readonly id: number;
  /** Heap, pool or slab cache. */
  readonly region: string;
  /** As the script wrote it: `a`, `b[3]`. Null when never bound. */
  readonly handle: string | null;
  readonly address: number;
  readonly requested: number;
  readonly line: number;
  readonly step: number;
  /** Null while live. */
  readonly freed: { readonly line: number; readonly step: number; readonly by: FreedBy } | null;
}

/** What gave a block back: `realloc` when it moved the block, `reset`, `trim` and `destroy` when they ended blocks of a pool. */
export const waysToFree = ["free", "realloc", "reset", "trim", "destroy", "exit"] as const;
export type FreedBy = (typeof waysToFree)[number];

/** All allocations of a run so far, and what became of them, in the order in which it happened. */
export interface AllocationLog {
  /** Allocations so far; ids are below it. */
  readonly length: number;
  get(id: number): Allocation | undefined;
  /** How many times so far an allocation was freed, moved or resized. */
  readonly changes: number;
  /** The allocation as it was after the change, counted from 0. */
  changed(change: number): Allocation;
}

/** A handle's value: an address with its provenance. */
export interface HandleValue {
  /** `a` or `b[3]`. */
  readonly name: string;
  readonly address: number;
  /** The allocation that this pointer came from, live or not; null for plain numbers. */
  readonly allocation: Allocation | null;
}

/** Read-only view of a machine between two steps. Views must not change what they are handed. */
export interface MachineState {
  readonly step: number;
  readonly heaps: ReadonlyMap<string, HeapContract>;
  /** Pools and slab caches. */
  readonly pools: ReadonlyMap<string, FixedSizeRegion>;
  readonly vm: VirtualMemoryContract | null;
  readonly caches: CacheHierarchy | null;
  /** What the references of the step just executed met in the caches; null when there were none. */
  readonly cacheTrail: CacheTrail | null;
  /** What memory and disk cost behind the caches. */
  readonly latencies: Latencies;
  handles(): IterableIterator<HandleValue>;
  handle(name: string): HandleValue | undefined;
  loopVariables(): ReadonlyMap<string, number>;
  allocation(id: number): Allocation | undefined;
  readonly allocations: AllocationLog;
  /** The heap, pool or slab cache whose range holds the address, the innermost one. */
  regionAt(address: number): Region | undefined;
  /** Bytes at an address, undefined where nothing answers; reads beyond a region's end are cut there. Never counts. */
  peek(address: number, length: number): Uint8Array | undefined;
  /** What is live now, by what leads to it: at the end of a run the leaks. O(bytes of live blocks that exist). */
  leaks(): LeakSummary;
  /** What `free` of the pointer would ask and do now. Changes nothing. */
  checkFree(pointer: Expression): FreeReport | { readonly error: string };
  /** Side-effect-free evaluation for watches, hovers and breakpoint conditions. Statistics resolve as in `expect`. */
  evaluate(expression: Expression): { readonly value: number | boolean } | { readonly error: string };
}

/** Runs a program one line at a time. Deterministic; knows no clock. */
export interface MachineContract {
  readonly program: Program;
  readonly state: MachineState;
  /** Problems of parsing and of all steps so far; after the last step also the leaks. */
  readonly problems: readonly Problem[];
  /** The statement that `step` will execute, or undefined at the end. */
  readonly next: Statement | undefined;
  /** The line where it stands, null at the end. */
  readonly nextLine: number | null;
  readonly finished: boolean;
  /** Executes one line; undefined when the program is over. The end-of-run checks belong to the last step's record. */
  step(): StepRecord | undefined;
  snapshot(): MachineSnapshot;
  restore(snapshot: MachineSnapshot): void;
}

export interface MachineSnapshot {
  readonly kind: "machine";
  readonly step: number;
}

/**
 * Time travel: checkpoints plus re-execution. Position n means "n steps executed"; `seek` clamps to what the program
 * reaches and runs forward as far as needed within the limits.
 */
export interface HistoryContract {
  readonly program: Program;
  readonly options: MachineOptions;
  readonly state: MachineState;
  readonly position: number;
  /** Whether the program is over at the current position. */
  readonly finished: boolean;
  /** What executes next at the current position, or undefined at the end. */
  readonly next: Statement | undefined;
  /** The line where it stands, null at the end. */
  readonly nextLine: number | null;
  /** The record of the last executed step (of `position`), undefined at 0. */
  readonly record: StepRecord | undefined;
  /** Steps known so far (the furthest position reached). */
  readonly reached: number;
  /** Problems of parsing and of all steps up to the current position. */
  readonly problems: readonly Problem[];
  stepForward(): StepRecord | undefined;
  /** Executes one line without the record of it, which is made when somebody asks; false at the end. */
  stepQuietly(): boolean;
  /** Whether the next step may take long. */
  readonly isNextLong: boolean;
  /** The same as `stepQuietly` with pauses. Given up, and no step, when somebody goes elsewhere in one of them. */
  stepInTurns(): Generator<Yield, void, undefined>;
  stepBack(): boolean;
  seek(position: number): void;
  /** Goes ahead towards `reached` as far as that takes no steps. */
  leap(): void;
}

/** What is asked of a position: the line that executes next there (null at the end), whether the step before raised problems. */
export type PositionTest = (line: number | null, hasRaised: boolean) => boolean;

/** A history that remembers the way it went. */
export interface TravelHistory extends HistoryContract {
  /**
   * The last position before `before`, not before `from`, and reached already, that passes the test; -1 when there is
   * none. Executes nothing.
   */
  lastBefore(before: number, from: number, test: PositionTest): number;
}
