import { textOf } from "../bytes";
import { HeaptrackSites } from "../calls/HeaptrackSites";
import type { AllocationFormat, LineParser } from "../format";
import { nullBlock, operationKind, type OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";

export const heaptrack: AllocationFormat = {
  kind: "allocations",
  id: "heaptrack",
  name: "heaptrack",
  source:
    "`heaptrack`, the file that it writes (unpack `.zst` with `zstd -d`) or the raw one of `heaptrack --raw`; its call sites are functions with their lines",
  lines:
    "`v VERSION FORMAT`, then `+ SIZE TRACE ADDRESS` and `- ADDRESS` of a raw file, or `a SIZE TRACE`, `+ ALLOCATION` and `- ALLOCATION`, all hexadecimal; `s`, `i`, `t`, `m` and `x` name the call sites. A resize is a free and an allocation",
  expected: "a letter and hexadecimal numbers",
  endings: ["heaptrack"],
  score: ([first]) => (/^v [0-9a-f]+ [0-9a-f]+$/.test(first) ? 1 : 0),
  open: (problems) => new HeaptrackParser(problems),
};

/** An allocation that heaptrack describes once, however often it is made. */
interface Allocation {
  readonly size: number;
  readonly trace: number;
  /** The blocks of it that are live, by ids of ours: frees name the allocation only. */
  readonly live: number[];
}

class HeaptrackParser implements LineParser<OperationBatch> {
  private readonly siteTable = new HeaptrackSites();
  private readonly allocations: Allocation[] = [];
  private blocks = 0;

  constructor(private readonly problems: TraceProblems) {}

  get sites(): readonly string[] {
    return this.siteTable.names;
  }

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    const text = textOf(bytes, start, end);
    const numbers = text.slice(2).split(" ");
    switch (text.slice(0, 2)) {
      case "+ ":
        if (numbers.length === 1) this.make(hexadecimal(numbers[0]), line, batch);
        else this.allocate(numbers.map(hexadecimal), line, batch);
        return;
      case "- ":
        if (this.allocations.length > 0) this.drop(hexadecimal(numbers[0]), line, batch);
        else this.free(hexadecimal(numbers[0]), line, batch);
        return;
      case "a ":
        this.allocations.push({ size: hexadecimal(numbers[0]), trace: hexadecimal(numbers[1]), live: [] });
        return;
      default:
        if (this.siteTable.read(text)) return;
        if (!/^[vXIcRASC#]/.test(text)) this.problems.stray(line);
    }
  }

  /** Of a raw file. */
  private allocate([size, trace, address]: readonly number[], line: number, batch: OperationBatch): void {
    if (!isCount(size) || !isCount(address)) this.refuse(line);
    else batch.push(operationKind.allocate, address, nullBlock, size, this.siteTable.siteOf(trace), line);
  }

  private free(address: number, line: number, batch: OperationBatch): void {
    if (isCount(address)) batch.push(operationKind.free, address, nullBlock, 0, -1, line);
    else this.refuse(line);
  }

  private make(index: number, line: number, batch: OperationBatch): void {
    const allocation = this.allocations.at(index);
    if (!isCount(index) || allocation === undefined || !isCount(allocation.size)) {
      this.refuse(line);
      return;
    }
    const { size, trace, live } = allocation;
    const block = ++this.blocks;
    live.push(block);
    batch.push(operationKind.allocate, block, nullBlock, size, this.siteTable.siteOf(trace), line);
  }

  private drop(index: number, line: number, batch: OperationBatch): void {
    const block = isCount(index) ? this.allocations.at(index)?.live.pop() : undefined;
    if (block === undefined) this.refuse(line);
    else batch.push(operationKind.free, block, nullBlock, 0, -1, line);
  }

  private refuse(line: number): void {
    this.problems.add(line, "The line does not name a block that heaptrack has described.");
  }
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

function hexadecimal(digits: string | undefined): number {
  return digits !== undefined && /^[0-9a-f]+$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
}
