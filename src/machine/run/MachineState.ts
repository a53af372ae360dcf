import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import type { CacheTrail } from "../../engine/cache/CacheTrail";
import type { Latencies } from "../../engine/cache/contract";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { Expression } from "../../language/parsing/syntax";
import type { Allocation, AllocationLog, HandleValue } from "../state/allocation";
import { evaluate } from "../step/evaluate";
import { englishWords } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import { checkFree, type FreeReport } from "../freeing/freeCheck";
import type { LeakSummary } from "../leaks/kinds";
import { summarizeLeaks } from "../leaks/reachability";
import type { Value } from "../state/HandleTable";
import type { FixedSizeReader, RegionReader } from "../state/regions";
import type { World } from "../state/World";

/** Memory between two steps, for readers: it changes nothing. Readers must not change the engines either. */
export class MachineState {
  constructor(private readonly world: World) {}

  get step(): number {
    return this.world.step;
  }
  get heaps(): ReadonlyMap<string, HeapReader> {
    return this.world.heaps;
  }
  /** Pools and slab caches. */
  get pools(): ReadonlyMap<string, FixedSizeReader> {
    return this.world.pools;
  }
  get vm(): VirtualMemoryReader | null {
    return this.world.vm;
  }
  get caches(): CacheHierarchy | null {
    return this.world.caches;
  }
  /** How the caches served the references of the last step; null when there were none. */
  get cacheTrail(): CacheTrail | null {
    return this.world.cacheTrip === null ? null : (this.world.caches?.trail ?? null);
  }
  /** Counts of the references while there is no cache. */
  get uncached(): CacheHierarchy {
    return this.world.uncached;
  }
  /** Cost of lookaside buffer, memory and disk. */
  get latencies(): Latencies {
    return this.world.latencies;
  }
  get allocations(): AllocationLog {
    return this.world.ledger;
  }

  *handles(): IterableIterator<HandleValue> {
    for (const [name, value] of this.world.handles.entries()) yield this.handleValue(name, value);
  }

  handle(name: string): HandleValue | undefined {
    const value = this.world.handles.get(name);
    return value === undefined ? undefined : this.handleValue(name, value);
  }

  loopVariables(): ReadonlyMap<string, number> {
    const variables = new Map<string, number>();
    for (const { variable, round } of this.world.loops) if (variable !== null) variables.set(variable, round - 1);
    return variables;
  }

  allocation(id: number): Allocation | undefined {
    return this.world.ledger.get(id);
  }

  /** The heap, pool or slab cache whose range holds the address, the innermost one. */
  regionAt(address: number): RegionReader | undefined {
    return this.world.regionAt(address);
  }

  /** Bytes at an address, cut at a region's end; undefined at an address without memory. Never counts as a reference. */
  peek(address: number, length: number): Uint8Array | undefined {
    const region = this.world.regionAt(address);
    if (region !== undefined) return region.bytes?.read(address, Math.min(length, region.end - address));
    return this.world.vm?.peek(address, length);
  }

  /** What is live, by what leads to it: at the end of a run the leaks. O(bytes of live blocks that exist). */
  leaks(): LeakSummary {
    return summarizeLeaks(this.world);
  }

  /** What `free` of the pointer would check and do now. Changes nothing. */
  checkFree(pointer: Expression, words = englishWords): FreeReport | { readonly error: string } {
    const result = evaluate(this.world, pointer);
    if ("error" in result) return { error: messageOf(result.error, words) };
    return checkFree(this.world, result.value, words);
  }

  /** Side-effect-free evaluation for watches, hovers and breakpoint conditions. Statistics resolve as in `expect`. */
  evaluate(
    expression: Expression,
    words = englishWords,
  ): { readonly value: number | boolean } | { readonly error: string } {
    const result = evaluate(this.world, expression);
    if ("error" in result) return { error: messageOf(result.error, words) };
    return { value: result.isCondition ? result.value.value !== 0 : result.value.value };
  }

  private handleValue(name: string, value: Value): HandleValue {
    return { name, address: value.value, allocation: this.world.ledger.get(value.allocation) ?? null };
  }
}
