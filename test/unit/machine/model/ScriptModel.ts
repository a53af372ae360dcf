import { HeapModel, type HeapModelOptions } from "./HeapModel";

/** One random choice; the model makes a line of it and says what must come of it. */
export interface Command {
  readonly kind:
    | "alloc"
    | "calloc"
    | "free"
    | "realloc"
    | "fill"
    | "read"
    | "beyond"
    | "pool-alloc"
    | "pool-free"
    | "map"
    | "unmap"
    | "protect"
    | "translate"
    | "store"
    | "load";
  readonly handle: number;
  readonly size: number;
  readonly extra: number;
}

export interface Prediction {
  readonly line: string;
  /** Problem ids in order. */
  readonly ids: readonly string[];
  /** Address of an allocation (null: failed), physical address of a reference, bytes of a read. */
  readonly value?: number | null | readonly number[];
}

interface Held {
  readonly address: number;
  readonly contents: (number | null)[];
  isLive: boolean;
  readonly line: number;
}

export const poolBlocks = 4;
export const frames = 5;
export const pages = 8;
const pageSize = 16;

/** What a script must do, said without any cleverness. Lines are predicted one at a time, in order. */
export class ScriptModel {
  readonly heap: HeapModel;
  readonly poolFree: number[] = Array.from({ length: poolBlocks }, (_, index) => index);
  readonly poolHeld = new Map<string, { readonly index: number; isLive: boolean }>();
  readonly table = new Map<number, { frame: number; flags: string }>();
  readonly physical = new Map<number, number>();
  references = 0;
  hits = 0;
  private readonly held = new Map<string, Held | null>();

  constructor(
    options: HeapModelOptions,
    readonly poolBase: number,
    readonly poolOrder: "lifo" | "fifo",
  ) {
    this.heap = new HeapModel(options);
  }

  predict(command: Command, line: number): Prediction {
    const name = `h${command.handle}`;
    switch (command.kind) {
      case "alloc":
        return this.allocate(name, command.size, line, false);
      case "calloc":
        return this.allocate(name, command.size, line, true);
      case "free":
        return this.release(name);
      case "realloc":
        return this.reallocate(name, command.size, line);
      case "fill":
        return this.fill(name, command);
      case "read":
        return this.read(name, command);
      case "beyond":
        return this.beyond(name);
      case "pool-alloc":
        return this.takePool(`p${command.handle}`);
      case "pool-free":
        return this.freePool(`p${command.handle}`);
      default:
        return this.page(command);
    }
  }

  /** Lines with blocks that nobody frees, ascending. */
  leakLines(): number[] {
    const lines = [...this.held.values()].flatMap((held) => (held?.isLive === true ? [held.line] : []));
    return [...new Set(lines)].sort((a, b) => a - b);
  }

  private allocate(name: string, size: number, line: number, zeroed: boolean): Prediction {
    const text = zeroed ? `${name} = calloc ${size} 1` : `${name} = alloc ${size}`;
    const before = this.held.get(name);
    const lost = before?.isLive === true ? ["leak"] : [];
    if (size === 0) {
      this.held.set(name, null);
      this.lose(before);
      return { line: text, ids: ["invalid-size", ...lost], value: null };
    }
    const address = this.heap.allocate(size);
    this.lose(before);
    if (address === -1) {
      this.held.set(name, null);
      return { line: text, ids: ["out-of-memory", ...lost], value: null };
    }
    const contents = Array.from({ length: size }, () => (zeroed ? 0 : null));
    this.held.set(name, { address, contents, isLive: true, line });
    return { line: text, ids: lost, value: address };
  }

  /** A lost block stays used for good. */
  private lose(held: Held | null | undefined): void {
    if (held !== undefined && held !== null) held.isLive = false;
  }

  private release(name: string): Prediction {
    const line = `free ${name}`;
    const held = this.held.get(name);
    if (held === undefined) return { line, ids: ["unknown-name"] };
    if (held === null) return { line, ids: [] };
    if (!held.isLive) return { line, ids: ["double-free"] };
    held.isLive = false;
    this.heap.release(held.address);
    return { line, ids: [] };
  }

  /** Of a heap that always moves: allocates, copies, frees. */
  private reallocate(name: string, size: number, line: number): Prediction {
    const text = `${name} = realloc ${name} ${size}`;
    const held = this.held.get(name);
    if (held === undefined) return { line: text, ids: ["unknown-name"] };
    if (size === 0) return { line: text, ids: ["invalid-size"] };
    if (held === null) return { ...this.allocate(name, size, line, false), line: text };
    if (!held.isLive) return { line: text, ids: ["use-after-free"] };
    if (this.heap.options.realloc === "in-place") return this.release(name);
    const address = this.heap.allocate(size);
    if (address === -1) return { line: text, ids: ["out-of-memory"], value: null };
    this.heap.release(held.address);
    const contents = Array.from({ length: size }, (_, index) => held.contents[index] ?? null);
    this.held.set(name, { address, contents, isLive: true, line });
    return { line: text, ids: [], value: address };
  }

  private fill(name: string, { size, extra }: Command): Prediction {
    const held = this.held.get(name);
    const room = held?.contents.length ?? 1;
    const offset = extra % room;
    const length = Math.max(1, Math.min(size, room - offset));
    const line = `fill ${name} + ${offset} ${length} ${extra % 256}`;
    if (held === undefined) return { line, ids: ["unknown-name"] };
    if (held === null) return { line: `free ${name}`, ids: [] };
    // A write through a dangling handle would change bytes that the model gives to others.
    if (!held.isLive) return { line: `read ${name} 1`, ids: ["use-after-free"] };
    held.contents.fill(extra % 256, offset, offset + length);
    return { line, ids: [] };
  }

  private read(name: string, { size, extra }: Command): Prediction {
    const held = this.held.get(name);
    const room = held?.contents.length ?? 1;
    const offset = extra % room;
    const length = Math.max(1, Math.min(size, room - offset));
    const line = `read ${name} + ${offset} ${length}`;
    if (held === undefined) return { line, ids: ["unknown-name"] };
    if (held === null) return { line: `free ${name}`, ids: [] };
    if (!held.isLive) return { line, ids: ["use-after-free"] };
    const part = held.contents.slice(offset, offset + length);
    const known = part.filter((byte) => byte !== null);
    return known.length < part.length ? { line, ids: ["uninitialized-read"] } : { line, ids: [], value: known };
  }

  private beyond(name: string): Prediction {
    const held = this.held.get(name);
    if (held === undefined || held === null) return this.release(name);
    return {
      line: `read ${name} + ${held.contents.length} 1`,
      ids: [held.isLive ? "heap-overflow" : "use-after-free"],
    };
  }

  private takePool(name: string): Prediction {
    const line = `${name} = alloc 32 from=pool`;
    const before = this.poolHeld.get(name);
    // Only free names are bound again, so that pools have no leaks before the end.
    if (before?.isLive === true) return this.freePool(name);
    const index = this.poolFree.shift();
    if (index === undefined) {
      this.poolHeld.delete(name);
      return { line: `expect pool.free == 0`, ids: [] };
    }
    this.poolHeld.set(name, { index, isLive: true });
    return { line, ids: [], value: this.poolBase + 32 * index };
  }

  private freePool(name: string): Prediction {
    const line = `free ${name}`;
    const held = this.poolHeld.get(name);
    if (held === undefined) return { line: `free 0`, ids: [] };
    if (!held.isLive) return { line, ids: ["double-free"] };
    held.isLive = false;
    if (this.poolOrder === "lifo") this.poolFree.unshift(held.index);
    else this.poolFree.push(held.index);
    return { line, ids: [] };
  }

  private page({ kind, handle, size, extra }: Command): Prediction {
    const page = handle;
    const entry = this.table.get(page);
    const flags = ["rw", "r", "w", "rwx"][extra % 4];
    if (kind === "map") {
      const frame = size % (frames + 1);
      const line = `map ${page} -> ${frame} ${flags}`;
      if (entry !== undefined) return { line, ids: ["already-mapped"] };
      if (frame >= frames) return { line, ids: ["invalid-frame"] };
      if ([...this.table.values()].some((other) => other.frame === frame)) return { line, ids: ["frame-in-use"] };
      this.table.set(page, { frame, flags });
      return { line, ids: [] };
    }
    if (kind === "unmap" || kind === "protect") {
      const line = kind === "unmap" ? `unmap ${page}` : `protect ${page} ${flags}`;
      if (entry === undefined) return { line, ids: ["not-mapped"] };
      if (kind === "unmap") this.table.delete(page);
      else entry.flags = flags;
      return { line, ids: [] };
    }
    return this.touch(kind, page * pageSize + (extra % pageSize), size % 256);
  }

  private touch(kind: Command["kind"], address: number, byte: number): Prediction {
    const line = kind === "store" ? `store ${address} ${byte}` : `${kind} ${address}`;
    const entry = this.table.get(Math.floor(address / pageSize));
    this.references++;
    if (entry === undefined) return { line, ids: ["page-fault"], value: null };
    const needed = kind === "store" ? "w" : kind === "load" ? "r" : "";
    if (!entry.flags.includes(needed)) return { line, ids: ["protection-fault"], value: null };
    this.hits++;
    const physical = entry.frame * pageSize + (address % pageSize);
    if (kind === "store") this.physical.set(physical, byte);
    if (kind === "load") return { line, ids: [], value: [this.physical.get(physical) ?? 0] };
    return { line, ids: [], value: physical };
  }
}
