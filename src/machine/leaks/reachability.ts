import type { Allocation } from "../contract";
import type { World } from "../state/World";
import { leakKinds, type LeakKind, type LeakSummary } from "./kinds";
import { eachWord, LiveBlocks } from "./pointers";

const unreached = 0;
const possible = 1;
const reachable = 2;
const indirect = 3;
const kindOfState: readonly LeakKind[] = ["definitely lost", "possibly lost", "still reachable", "indirectly lost"];

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
 * The nine cases of Valgrind memcheck (mc-manual, "Memory leak detection"; mc_leakcheck.c). Roots are the handles (by
 * the allocation that their value was computed from, plain numbers by what lies there) and the words of the vm's memory;
 * edges are the words of live blocks. A start pointer leads to the first byte of a block, an interior one to another byte; a chain with an interior
 * pointer makes its end possibly lost. Of unreached blocks those that another unreached one leads to are indirectly
 * lost, but of a cycle its lowest block. O(blocks log blocks + bytes of live blocks that exist).
 */
export class Reachability {
  private readonly live: LiveBlocks;
  private readonly states: Uint8Array;
  /** The block through which each was reached, or the head of what it is lost with; -1 for roots. */
  private readonly from: Int32Array;
  private readonly handles: (string | null)[];
  private readonly stack: number[] = [];

  constructor(private readonly world: World) {
    this.live = new LiveBlocks(world.ledger.liveAllocations());
    const { length } = this.live.blocks;
    this.states = new Uint8Array(length);
    this.from = new Int32Array(length).fill(-1);
    this.handles = new Array<string | null>(length).fill(null);
    if (length === 0) return;
    this.markRoots();
    this.spread();
    this.gatherLost();
  }

  /** The fate of each live block, in address order. */
  fates(): LeakFate[] {
    const { blocks } = this.live;
    const behind = blocks.map(() => ({ blocks: 0, bytes: 0 }));
    for (const [index, { requested }] of blocks.entries()) {
      if (this.states[index] !== indirect) continue;
      const head = behind[this.from[index]];
      head.blocks++;
      head.bytes += requested;
    }
    return blocks.map((block, index) => {
      const state = this.states[index];
      const from = this.from[index];
      return {
        block,
        kind: kindOfState[state],
        from: from < 0 ? null : blocks[from],
        handle: this.handles[index],
        behind: behind[index],
      };
    });
  }

  private markRoots(): void {
    const { live } = this;
    this.world.handles.visit((name, value, allocation) => {
      const index = allocation < 0 ? live.indexAt(value) : live.indexOf(allocation);
      if (index >= 0) this.reach(index, value === live.blocks[index].address, true, -1, name);
    });
    const { vm } = this.world;
    if (vm === null) return;
    eachWord(vm.physical, 0, Number.MAX_SAFE_INTEGER, this.isPointer, (word) => {
      const index = this.live.indexAt(word);
      this.reach(index, word === this.live.blocks[index].address, true, -1, null);
      return false;
    });
  }

  private spread(): void {
    for (let index = this.stack.pop(); index !== undefined; index = this.stack.pop()) {
      const isDefinite = this.states[index] === reachable;
      const via = index;
      this.eachPointer(index, (to, isStart) => this.reach(to, isStart, isDefinite, via, null));
    }
  }

  private reach(index: number, isStart: boolean, isDefinite: boolean, from: number, handle: string | null): void {
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
  private gatherLost(): void {
    const roots: number[] = [];
    const seen = new Uint8Array(this.states.length);
    for (let root = 0; root < seen.length; root++) {
      if (this.states[root] !== unreached || seen[root] === 1) continue;
      roots.push(root);
      seen[root] = 1;
      this.walk(root, (to) => {
        if (this.states[to] !== unreached || seen[to] === 1) return false;
        seen[to] = 1;
        return true;
      });
    }
    for (const head of roots.reverse()) {
      if (this.states[head] !== unreached) continue;
      this.walk(head, (to) => {
        if (this.states[to] !== unreached || to === head) return false;
        this.states[to] = indirect;
        this.from[to] = head;
        return true;
      });
    }
  }

  /** Follows pointers from a block to every one that `enters` takes. */
  private walk(start: number, enters: (to: number) => boolean): void {
    this.stack.push(start);
    for (let index = this.stack.pop(); index !== undefined; index = this.stack.pop()) {
      this.eachPointer(index, (to) => {
        if (enters(to)) this.stack.push(to);
      });
    }
  }

  private eachPointer(index: number, visit: (to: number, isStart: boolean) => void): void {
    const { region, address, requested } = this.live.blocks[index];
    const bytes = this.world.region(region)?.bytes;
    if (!bytes) return;
    eachWord(bytes, address, requested, this.isPointer, (word) => {
      const to = this.live.indexAt(word);
      visit(to, word === this.live.blocks[to].address);
      return false;
    });
  }

  private readonly isPointer = (word: number): boolean => this.live.indexAt(word) >= 0;
}

/** What is live, by kind: at the end of a run these are the leaks. */
export function summarizeLeaks(world: World): LeakSummary {
  const sums = new Map(leakKinds.map((kind) => [kind, { bytes: 0, blocks: 0 }]));
  for (const { block, kind } of new Reachability(world).fates()) {
    const sum = sums.get(kind);
    if (sum === undefined) continue;
    sum.bytes += block.requested;
    sum.blocks++;
  }
  return Object.fromEntries(sums) as LeakSummary;
}
