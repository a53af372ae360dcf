import { nullBlock, operationKind, type OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";
import { allocatorFunction, kindOf, type AllocatorFunction } from "./allocatorFunctions";
import { parseCount, parsePointer, parseTextLength } from "./values";

/** Where a call was made. */
export interface CallPlace {
  /** The id of the thread or process, -1 when the log has none. */
  readonly thread: number;
  /** Number of the allocation site, -1 for none. */
  readonly site: number;
  /** 0-based line of the log. */
  readonly line: number;
}

/** A call that has begun and not returned. */
interface OpenCall extends CallPlace {
  readonly name: string;
  readonly called: AllocatorFunction;
  readonly arguments: readonly string[];
}

/** Calls inside of each other that are kept of a thread; deeper ones are no log's. */
const deepest = 100;

/**
 * Makes operations of the calls to an allocator that a log shows. What a function of the allocator calls itself, such as
 * `malloc` inside of `realloc`, is its own business and no operation.
 */
export class CallRecorder {
  /** Calls that have not returned, by thread, outermost first. */
  private readonly open = new Map<number, OpenCall[]>();

  /** `pointerOf` reads an address as the log writes it; 0 for a null pointer, NaN for what is none. */
  constructor(
    private readonly problems: TraceProblems,
    private readonly pointerOf: (text: string) => number = parsePointer,
  ) {}

  /** A call with its result, as the log writes it; "" for a function without one. */
  call(name: string, args: readonly string[], result: string, place: CallPlace, batch: OperationBatch): void {
    const called = allocatorFunction(name);
    if (called === undefined || this.isInside(place.thread)) return;
    if (called.does === "free") this.free(called, args, place, batch);
    else this.request({ ...place, name, called, arguments: args }, result, place.line, batch);
  }

  /**
   * A call whose result comes later. A block is free from the begin of its `free` on, since another thread may get it
   * before the call returns.
   */
  begin(name: string, args: readonly string[], place: CallPlace, batch: OperationBatch): void {
    const called = allocatorFunction(name);
    if (called === undefined) return;
    if (called.does === "free" && !this.isInside(place.thread)) this.free(called, args, place, batch);
    const calls = this.open.get(place.thread) ?? [];
    if (calls.length === deepest) return;
    calls.push({ ...place, name, called, arguments: args });
    this.open.set(place.thread, calls);
  }

  /** The result of the innermost call of that name that the thread has begun; "" stands for any name. */
  end(name: string, result: string, thread: number, line: number, batch: OperationBatch): void {
    const calls = this.open.get(thread);
    if (calls === undefined) return;
    const index = name === "" ? calls.length - 1 : calls.map((call) => call.name).lastIndexOf(name);
    if (index === -1) return;
    const [call] = calls.splice(index);
    if (index === 0 && call.called.does !== "free") this.request(call, result, line, batch);
  }

  /** After the last line. */
  finish(): void {
    for (const { name, line, called } of [...this.open.values()].flatMap((calls) => calls.slice(0, 1))) {
      if (called.does === "free") continue;
      this.problems.add(line, `The call of ${name} began here, but the log ends before its result.`);
    }
  }

  private isInside(thread: number): boolean {
    return (this.open.get(thread)?.length ?? 0) > 0;
  }

  private free(called: AllocatorFunction, args: readonly string[], place: CallPlace, batch: OperationBatch): void {
    const block = this.address(args[called.pointer ?? 0], place.line);
    if (!Number.isNaN(block)) batch.push(operationKind.free, block, nullBlock, 0, -1, place.line, place.thread);
  }

  private request(call: OpenCall, result: string, line: number, batch: OperationBatch): void {
    const { called, site, thread } = call;
    // Some tracers show the text that `strdup` returns instead of its address.
    if (called.copiesText === true && result.startsWith('"')) return;
    const block = this.address(result, line);
    const size = sizeOf(called, call.arguments);
    const old = called.pointer === undefined ? nullBlock : this.address(call.arguments[called.pointer], line);
    if (Number.isNaN(block) || Number.isNaN(old)) return;
    if (Number.isNaN(size)) this.problems.add(line, `The size that ${call.name} was called with is not a number.`);
    else if (block === nullBlock) {
      // `realloc(p, 0)` frees.
      if (old !== nullBlock && size === 0) batch.push(operationKind.free, old, nullBlock, 0, -1, line, thread);
      else batch.push(operationKind.failed, old, nullBlock, size, site, line, thread);
    } else if (!Number.isSafeInteger(size)) this.problems.add(line, "The size is not a number up to 2^53.");
    else if (old === nullBlock) batch.push(operationKind.allocate, block, nullBlock, size, site, line, thread);
    else batch.push(kindOf(called), block, old, size, site, line, thread);
  }

  /** The null block for a null pointer; NaN, with a problem, when the text is no address. */
  private address(text: string | undefined, line: number): number {
    const address = text === undefined || text === "" ? Number.NaN : this.pointerOf(text);
    if (address === 0) return nullBlock;
    if (Number.isNaN(address)) this.problems.add(line, `The call shows no address${shown(text)}.`);
    return address;
  }
}

function shown(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `: ${text.slice(0, 40)}`;
}

function sizeOf({ sizes, copiesText }: AllocatorFunction, args: readonly string[]): number {
  let product = 1;
  for (const index of sizes) {
    const text = args.at(index) ?? "";
    product *= copiesText === true ? parseTextLength(text) : parseCount(text);
  }
  return product;
}
