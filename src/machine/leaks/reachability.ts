import { runToEnd, type Work } from "../../language/coroutines";
import type { Allocation } from "../state/allocation";
import type { World } from "../state/World";
import { leakKinds, type LeakKind, type LeakSummary } from "./kinds";
import { allocationsPerTurn, eachWord, LiveBlocks } from "./pointers";

const unreached = 0;
const possible = 1;
const reachable = 2;
const indirect = 3;
const kindOfState: readonly LeakKind[] = ["definitely lost", "possibly lost", "still reachable", "indirectly lost"];
/** Blocks looked at between two yields: a fraction of a millisecond, and one in code that is not compiled yet. */
const blocksPerTurn = 64;

/** What the leak check found out about one live block. */
export interface LeakFate {
  readonly block: Allocation;
  readonly kind: LeakKind;
  /** The block that leads to it: for indirectly lost ones the definitely lost one at the head; null for handles. */
  readonly from: Allocation | null;
  /** The handle that leads to it, null when a block or the vm's memory does. */
  readonly handle: string | null;
  /** Blocks and bytes that are lost with a definitely lost one. */
  readonly behind: { readonly blocks: number; readonly bytes: number };
}

/**
 * The nine cases of Valgrind memcheck (mc-manual, "Memory leak detection"; mc_leakcheck.c). Roots are the handles and the
 * words of the vm's memory; edges are the words of live blocks. A start pointer leads to the first byte of a block, an
 * interior one to another byte; one past the last byte leads to none. A chain with an interior pointer makes its end
 * possibly lost. Of unreached blocks those that another unreached one leads to are indirectly
 * lost, but of a cycle its lowest block. O(blocks log blocks + bytes of live blocks that exist).
 */
export class Reachability {
  private readonly states: Uint8Array;
  /** The block through which each was reached, or the head of what it is lost with; -1 for roots. */
  private readonly from: Int32Array;
  /** Blocks and bytes that are lost with each head. */
  private readonly blocksBehind: Int32Array;
  private readonly bytesBehind: Float64Array;
  /** The handle through which each was reached. */
  private readonly handles: (string | undefined)[] = [];
  private readonly stack: number[] = [];
  private visited = 0;

  private constructor(
    private readonly world: World,
    /** The blocks, by the index that everything here has. */
    readonly live: LiveBlocks,
  ) {
    const { length } = live;
    this.states = new Uint8Array(length);
    this.from = new Int32Array(length).fill(-1);
    this.blocksBehind = new Int32Array(length);
    this.bytesBehind = new Float64Array(length);
  }

  /** Looks for the fate of each live block, with yields, in which the world may not change. */
  static *find(world: World): Work<Reachability> {
    const found = new Reachability(world, yield* LiveBlocks.of(world.ledger));
    if (found.live.length === 0) return found;
    yield* found.markRoots();
    yield* found.spread();
    yield* found.gatherLost();
    found.sumLost();
    return found;
  }

  /** Of the block of an index. */
  kind(index: number): LeakKind {
    return kindOfState[this.states[index]];
  }

  fate(index: number): LeakFate {
    const from = this.from[index];
    return {
      block: this.block(index),
      kind: this.kind(index),
      from: from < 0 ? null : this.block(from),
      handle: this.handles[index] ?? null,
      behind: { blocks: this.blocksBehind[index], bytes: this.bytesBehind[index] },
    };
  }

  private block(index: number): Allocation {
    return this.world.ledger.get(this.live.ids[index])!;
  }

  private *markRoots(): Work<void> {
    const { live } = this;
    const { handles, vm } = this.world;
    for (let slot = 0; slot < handles.size; slot += allocationsPerTurn) {
      handles.visit(slot, slot + allocationsPerTurn, (name, value, allocation) => {
        const index = this.pointedAt(value, allocation);
        if (index >= 0) this.reach(index, value === live.starts[index], true, -1, name);
      });
      yield;
    }
    if (vm === null) return;
    const reach = (word: number): boolean => {
      const index = live.indexAt(word);
      this.reach(index, word === live.starts[index], true, -1, undefined);
      return false;
    };
    for (const [start, end] of vm.physical.residentParts(0, Number.MAX_SAFE_INTEGER)) {
      eachWord(vm.physical, start, end - start, this.isPointer, reach);
      yield;
    }
  }

  /**
   * The block that a handle leads to, or -1: the one it was computed from while it points into it, of a plain number the
   * one whose bytes are there. 0 is null, also where a block is at address 0.
   */
  private pointedAt(value: number, allocation: number): number {
    const { live } = this;
    if (allocation < 0) return value === 0 ? -1 : live.indexAt(value);
    const own = live.indexOf(allocation);
    return own >= 0 && value >= live.starts[own] && value < live.starts[own] + live.sizes[own] ? own : -1;
  }

  private sumLost(): void {
    for (let index = 0; index < this.live.length; index++) {
      if (this.states[index] !== indirect) continue;
      const head = this.from[index];
      this.blocksBehind[head]++;
      this.bytesBehind[head] += this.live.sizes[index];
    }
  }

  /** Whether enough blocks were looked at since the last pause. */
  private isTurnOver(): boolean {
    return ++this.visited % blocksPerTurn === 0;
  }

  private *spread(): Work<void> {
    for (let index = this.stack.pop(); index !== undefined; index = this.stack.pop()) {
      if (this.isTurnOver()) yield;
      const isDefinite = this.states[index] === reachable;
      const via = index;
      this.eachPointer(index, (to, isStart) => this.reach(to, isStart, isDefinite, via, undefined));
    }
  }

  private reach(index: number, isStart: boolean, isDefinite: boolean, from: number, handle: string | undefined): void {
    const state = this.states[index];
    const reached = isStart && isDefinite ? reachable : possible;
    if (reached <= state) return;
    this.states[index] = reached;
    this.from[index] = from;
    this.handles[index] = handle;
    this.stack.push(index);
  }

  /**
   * Sorts unreached blocks into heads, to which no other lost block leads unless it is led to by them in turn, and the
   * rest. Edges lead from later trees of a depth-first walk into earlier ones only, so going through the walk's roots
   * backwards meets each head before what it leads to (as in Kosaraju's algorithm); memcheck, with one pass, may call
   * a cycle lost for itself that another lost block leads to.
   */
  private *gatherLost(): Work<void> {
    const roots: number[] = [];
    const seen = new Uint8Array(this.states.length);
    for (let root = 0; root < seen.length; root++) {
      if (this.states[root] !== unreached || seen[root] === 1) continue;
      roots.push(root);
      seen[root] = 1;
      yield* this.walk(root, (to) => {
        if (this.states[to] !== unreached || seen[to] === 1) return false;
        seen[to] = 1;
        return true;
      });
    }
    for (const head of roots.reverse()) {
      if (this.states[head] !== unreached) continue;
      yield* this.walk(head, (to) => {
        if (this.states[to] !== unreached || to === head) return false;
        this.states[to] = indirect;
        this.from[to] = head;
        return true;
      });
    }
  }

  /** Follows pointers from a block to every one that `enters` takes. */
  private *walk(start: number, enters: (to: number) => boolean): Work<void> {
    this.stack.push(start);
    for (let index = this.stack.pop(); index !== undefined; index = this.stack.pop()) {
      if (this.isTurnOver()) yield;
      this.eachPointer(index, (to) => {
        if (enters(to)) this.stack.push(to);
      });
    }
  }

  private eachPointer(index: number, visit: (to: number, isStart: boolean) => void): void {
    const { ids, starts, sizes } = this.live;
    const bytes = this.world.region(this.world.ledger.regionOf(ids[index]))?.bytes;
    if (!bytes) return;
    eachWord(bytes, starts[index], sizes[index], this.isPointer, (word) => {
      const to = this.live.indexAt(word);
      visit(to, word === starts[to]);
      return false;
    });
  }

  private readonly isPointer = (word: number): boolean => this.live.indexAt(word) >= 0;
}

/** What is live, by kind: at the end of a run these are the leaks. */
export function summarizeLeaks(world: World): LeakSummary {
  const sums = new Map(leakKinds.map((kind) => [kind, { bytes: 0, blocks: 0 }]));
  const found = runToEnd(Reachability.find(world));
  for (let index = 0; index < found.live.length; index++) {
    const sum = sums.get(found.kind(index))!;
    sum.bytes += found.live.sizes[index];
    sum.blocks++;
  }
  return Object.fromEntries(sums) as LeakSummary;
}
