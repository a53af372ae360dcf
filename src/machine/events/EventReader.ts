import { scopeOf, type EngineEvent, type EventScope, type Extent } from "../../engine/events";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { Expression, Operand, Statement } from "../../language/parsing/syntax";
import type { Allocation } from "../state/allocation";
import type { MachineState } from "../run/MachineState";
import type { StepRecord } from "../records/records";
import { lostBlocks } from "../leaks/lostBlocks";
import type { Problem } from "../problems/Problem";
import { processBytes } from "../state/regions";
import { payloadOf, type MemoryEvent, type MemoryEventKind } from "./memoryEvents";
import { describeVerb, operandsOf } from "../../language/vocabulary/vocabulary";
import { historyKindOf } from "./sentences";
import { resolveNumber, resolvePointer } from "./resolve";

/**
 * Turns the records of a run into events of memory, in the order in which they happened. Engines report what they did with
 * blocks; which allocation a block belongs to, and what ended it, comes from the machine's log of allocations. It must be
 * shown every step after the one at which it was made.
 */
export class EventReader {
  private allocations: number;
  private changes: number;
  /** Names of processes, kept because one may be gone when its last pages are. */
  private readonly processes = new Map<number, string>();

  constructor(
    private readonly kinds: ReadonlySet<MemoryEventKind>,
    state: MachineState,
  ) {
    this.allocations = state.allocations.length;
    this.changes = state.allocations.changes;
    this.meetProcesses(state);
  }

  /** `state` as it is after the step. */
  read(record: StepRecord, state: MachineState, statement: Statement | undefined): MemoryEvent[] {
    const { allocations } = state;
    const born: Allocation[] = [];
    for (; this.allocations < allocations.length; this.allocations++) born.push(allocations.get(this.allocations)!);
    const changed: Allocation[] = [];
    for (; this.changes < allocations.changes; this.changes++) changed.push(allocations.changed(this.changes));
    if (state.vm !== null && state.vm.spaces.length !== this.processes.size) this.meetProcesses(state);

    const touched = new Touched(born, changed);
    const found: MemoryEvent[] = [];
    for (const event of record.events) {
      const kind = historyKindOf(event);
      if (kind === null || !this.kinds.has(kind)) continue;
      found.push(this.ofEvent(kind, event, touched.owner(event), record, state));
    }
    if (this.kinds.has("free")) {
      // Blocks that ended with their pool or process: no engine told of each.
      const told = new Set(found.filter(({ kind }) => kind === "free").map(({ allocation }) => allocation?.id));
      for (const allocation of changed) {
        if (allocation.freed !== null && !told.has(allocation.id)) found.push(ofAllocation("free", allocation, record));
      }
    }
    if (this.kinds.has("problem")) {
      for (const problem of record.problems) found.push(ofProblem(problem, record, state, statement));
    }
    return found;
  }

  private ofEvent(
    kind: MemoryEventKind,
    event: EngineEvent,
    allocation: Allocation | null,
    record: StepRecord,
    state: MachineState,
  ): MemoryEvent {
    const scope = scopeOf(event);
    const { vm } = state;
    // Without a page table nothing has pages.
    const pages = vm === null ? null : (scope.pages ?? null);
    const bytes = pages !== null ? bytesUnder(pages, vm!) : bytesOf(event, allocation, scope);
    const isAccess = kind === "read" || kind === "write";
    const process = pages?.space ?? (event.kind === "switch" ? event.to : isAccess ? (vm?.current.id ?? null) : null);
    return {
      kind,
      step: record.step,
      line: record.line,
      bytes,
      region: pages === null ? (allocation?.region ?? regionAt(state, bytes)) : null,
      pages: pages ?? (isAccess ? pagesUnder(state, bytes) : null),
      process: process === null ? null : this.processName(process),
      frames: scope.frames ?? [],
      allocation,
      cause: event,
      problem: null,
    };
  }

  private meetProcesses(state: MachineState): void {
    for (const { id, name } of state.vm?.spaces ?? []) this.processes.set(id, name);
  }

  private processName(id: number): string {
    return this.processes.get(id) ?? `process ${id}`;
  }
}

/** The allocations that one step made or changed, by address. */
class Touched {
  private readonly live = new Map<number, Allocation>();
  private readonly freed = new Map<number, Allocation>();

  constructor(
    born: readonly Allocation[],
    readonly changed: readonly Allocation[],
  ) {
    for (const allocation of [...changed, ...born]) {
      (allocation.freed === null ? this.live : this.freed).set(allocation.address, allocation);
    }
  }

  /** The one that an event of a block is about. */
  owner(event: EngineEvent): Allocation | null {
    switch (event.kind) {
      case "allocate":
      case "pool-allocate":
        return this.live.get(payloadAddress(event)) ?? null;
      case "free":
      case "pool-free":
        return this.freed.get(payloadAddress(event)) ?? null;
      case "move":
        return this.live.get(event.to) ?? null;
      case "resize":
        for (const allocation of this.live.values()) {
          if (event.addr <= allocation.address && allocation.address < event.addr + event.size) return allocation;
        }
        return null;
      default:
        return null;
    }
  }
}

type BlockEvent = EngineEvent<"allocate" | "free" | "pool-allocate" | "pool-free">;

/** Blocks of pools have no header: their payload begins where they do. */
const payloadAddress = (event: BlockEvent): number => ("payload" in event ? event.payload : event.addr);

function ofAllocation(kind: MemoryEventKind, allocation: Allocation, record: StepRecord): MemoryEvent {
  return {
    kind,
    step: record.step,
    line: record.line,
    bytes: payloadOf(allocation),
    region: allocation.region,
    pages: null,
    process: null,
    frames: [],
    allocation,
    cause: null,
    problem: null,
  };
}

/** A problem is about the blocks that leaked, else about the block, the bytes or the page that the statement names. */
function ofProblem(
  problem: Problem,
  record: StepRecord,
  state: MachineState,
  statement: Statement | undefined,
): MemoryEvent {
  const leaked = lostBlocks(problem).at(0);
  const pointed = leaked === undefined ? pointedAt(state, statement) : undefined;
  const allocation = state.allocation(leaked ?? pointed?.allocation?.id ?? -1) ?? null;
  const access = record.events.find(({ kind }) => kind === "read" || kind === "write");
  const place = access === undefined ? (pointed?.bytes ?? null) : (scopeOf(access).bytes ?? null);
  const bytes = allocation === null ? place : payloadOf(allocation);
  return {
    kind: "problem",
    step: record.step,
    line: problem.line,
    bytes,
    region: allocation?.region ?? regionAt(state, bytes),
    pages: pagesUnder(state, bytes) ?? namedPages(state, statement),
    process: state.vm?.current.name ?? null,
    frames: [],
    allocation,
    cause: null,
    problem,
  };
}

/** What the first pointer among a statement's operands leads to. */
function pointedAt(
  state: MachineState,
  statement: Statement | undefined,
): { readonly bytes: Extent; readonly allocation: Allocation | null } | undefined {
  if (statement === undefined) return undefined;
  const operands: Readonly<Partial<Statement["operands"]>> = statement.operands;
  for (const { name, type } of operandsOf(describeVerb(statement.verb))) {
    const operand = operands[name];
    if (operand?.kind !== "expression" || (type !== "place" && type !== "address")) continue;
    const resolved = resolvePointer(state, leftmost(operand.expression));
    if ("bytes" in resolved) return resolved;
  }
  return undefined;
}

/** The pages that a statement names by their numbers. */
function namedPages(state: MachineState, statement: Statement | undefined): Extent | null {
  const { page, pages = page } = (statement?.operands ?? {}) as Readonly<Partial<Record<string, Operand>>>;
  if (pages?.kind === "expression") {
    const number = resolveNumber(state, pages.expression);
    return typeof number === "number" ? extent(number, 1) : null;
  }
  if (pages?.kind !== "range") return null;
  const from = resolveNumber(state, pages.from);
  const to = resolveNumber(state, pages.to);
  return typeof from === "number" && typeof to === "number" ? { from, to } : null;
}

function leftmost(expression: Expression): Expression {
  return expression.kind === "binary" ? leftmost(expression.left) : expression;
}

const extent = (from: number, length: number): Extent => ({ from, to: from + Math.max(1, length) });

/** The payload of a block that is allocated or freed, else what the event is about. */
function bytesOf(event: EngineEvent, allocation: Allocation | null, scope: EventScope): Extent | null {
  switch (event.kind) {
    case "allocate":
    case "free":
    case "pool-allocate":
    case "pool-free":
      if (allocation !== null) return payloadOf(allocation);
      return extent(payloadAddress(event), "requested" in event ? event.requested : 1);
    default:
      return scope.bytes ?? null;
  }
}

function bytesUnder({ from, to }: Extent, { options: { pageSize } }: VirtualMemoryReader): Extent {
  return { from: from * pageSize, to: to * pageSize };
}

/** Pages under an access, where the page table answers: a heap outside of the processes has addresses but no pages. */
function pagesUnder(state: MachineState, bytes: Extent | null): Extent | null {
  const { vm } = state;
  if (vm === null || bytes === null) return null;
  const region = state.regionAt(bytes.from);
  if (region !== undefined && processBytes(region) === null) return null;
  return { from: Math.floor(bytes.from / vm.options.pageSize), to: Math.ceil(bytes.to / vm.options.pageSize) };
}

function regionAt(state: MachineState, bytes: Extent | null): string | null {
  return bytes === null ? null : (state.regionAt(bytes.from)?.options.name ?? null);
}
