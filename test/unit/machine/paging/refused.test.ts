import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../../src/language/parsing/parser";
import { englishWords } from "../../../../src/language/Words";
import { Machine } from "../../../../src/machine/run/Machine";
import type { MachineState } from "../../../../src/machine/run/MachineState";

const pageSize = 16;
const pages = 8;

/** All that a refused access leaves as it was: pages with their bits and bytes, the policy, caches, processes. */
function picture(state: MachineState): unknown {
  const vm = state.vm!;
  const { mappings } = vm.pager;
  const spaces = vm.spaces.map((space) => ({
    areas: space.areas,
    pages: [...space.mappings()].map((id) => {
      const at = vm.pager.bytesAddress(id);
      const bytes = at < 0 ? "untouched" : String(vm.physical.read(at, pageSize));
      return [mappings.vpn[id], mappings.frame[id], mappings.slot[id], mappings.flags[id], bytes];
    }),
  }));
  const { hits, evictions, copies, swapIns } = vm.stats();
  const caches = state.caches?.path.map((level) => level.stats()) ?? null;
  return structuredClone({
    spaces,
    policy: vm.policy?.view() ?? null,
    caches,
    counts: [hits, evictions, copies, swapIns],
  });
}

interface Choice {
  readonly kind: "map" | "unmap" | "protect" | "fork" | "store" | "write" | "fill" | "load" | "read" | "copy";
  readonly at: number;
  readonly from: number;
  readonly length: number;
  readonly letters: "rw" | "r" | "w";
  readonly byte: number;
}

const address = fc.integer({ min: 0, max: pages * pageSize + 8 });
const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom<Choice["kind"][]>(
    ...(["map", "map", "map", "map", "unmap", "protect", "fork"] as const),
    ...(["store", "write", "fill", "fill", "load", "read", "copy", "copy"] as const),
  ),
  at: address,
  from: address,
  length: fc.integer({ min: 1, max: 3 * pageSize }),
  letters: fc.constantFrom<Choice["letters"][]>("rw", "rw", "rw", "r", "w"),
  byte: fc.integer({ min: 1, max: 255 }),
});

interface Access {
  readonly line: string;
  /** Null: no access. */
  readonly isRefused: boolean | null;
}

/** Memory of one process as an array; an access is done whole or not at all. */
class NaiveMemory {
  readonly bytes = new Array<number>(pages * pageSize).fill(0);
  /** What each page permits; undefined where nothing is mapped. */
  private readonly table = new Array<string | undefined>(pages).fill(undefined);
  private forks = 0;

  constructor(private readonly demand: boolean) {}

  /** A line of a script, which it does itself. */
  do({ kind, at, from, length, letters, byte }: Choice): Access {
    const page = at % pages;
    switch (kind) {
      case "map":
        this.table[page] ??= letters;
        // Without demand paging a page always has the same frame, and finds there what it wrote before.
        return { line: this.demand ? `map ${page} ${letters}` : `map ${page} -> ${page} ${letters}`, isRefused: null };
      case "unmap":
        if (this.demand) this.bytes.fill(0, page * pageSize, (page + 1) * pageSize);
        this.table[page] = undefined;
        return { line: `unmap ${page}`, isRefused: null };
      case "protect":
        if (this.table[page] !== undefined) this.table[page] = letters;
        return { line: `protect ${page} ${letters}`, isRefused: null };
      case "fork":
        return { line: this.demand ? `fork child${this.forks++}` : "stats", isRefused: null };
      case "load":
      case "read": {
        const isRefused = !this.permits(at, length, "r");
        if (!isRefused) this.bringIn(at, length);
        return {
          line: `x = load ${at} ${length}`.replace("x = load", kind === "read" ? "read" : "x = load"),
          isRefused,
        };
      }
      case "copy": {
        const isRefused = !this.permits(from, length, "r") || !this.permits(at, length, "w");
        if (!isRefused) this.bringIn(from, length);
        if (!isRefused) this.write(at, this.bytes.slice(from, from + length));
        return { line: `copy ${at} ${from} ${length}`, isRefused };
      }
      case "store": {
        const isRefused = !this.permits(at, 4, "w");
        if (!isRefused) this.write(at, new Array<number>(4).fill(byte));
        return { line: `store ${at} ${byte * 0x01010101} width=4`, isRefused };
      }
      default: {
        const value = kind === "fill" ? byte : 97 + (byte % 26);
        const isRefused = !this.permits(at, length, "w");
        if (!isRefused) this.write(at, new Array<number>(length).fill(value));
        const text = String.fromCharCode(value).repeat(length);
        return { line: kind === "fill" ? `fill ${at} ${length} ${byte}` : `${kind} ${at} "${text}"`, isRefused };
      }
    }
  }

  private permits(from: number, length: number, letter: "r" | "w"): boolean {
    for (let at = from; at < from + length; at++) {
      const page = Math.floor(at / pageSize);
      if (page >= pages || !(this.table[page] ?? (this.demand ? "rw" : "")).includes(letter)) return false;
    }
    return true;
  }

  private bringIn(from: number, length: number): void {
    for (let at = from; at < from + length; at++) this.table[Math.floor(at / pageSize)] ??= "rw";
  }

  private write(at: number, bytes: readonly number[]): void {
    this.bringIn(at, bytes.length);
    for (const [k, byte] of bytes.entries()) this.bytes[at + k] = byte;
  }
}

interface Shape {
  readonly demand: boolean;
  readonly tlb: boolean;
  readonly caches: boolean;
  readonly policy: string;
}

const faults = ["page-fault", "protection-fault"];

function check({ demand, tlb, caches, policy }: Shape, choices: readonly Choice[]): void {
  const memory = new NaiveMemory(demand);
  const paging = demand ? `demand=on replacement=${policy}` : "";
  const head = [
    `vm page=${pageSize} frames=16 pages=${pages} ${paging} ${tlb ? "tlb=2" : ""}`,
    ...(caches ? ["cache L1 64 ways=2 line=16", "cache L2 128 ways=2 line=16"] : []),
  ];
  const accesses = choices.map((each) => memory.do(each));
  const machine = new Machine(parse([...head, ...accesses.map(({ line }) => line)].join("\n")));
  machine.run(head.length);
  for (const { line, isRefused } of accesses) {
    const before = isRefused === true ? picture(machine.state) : null;
    const { references, faults: counted } = machine.state.vm!.stats();
    const record = machine.step()!;
    const raised = record.problems.map(({ id }) => id).filter((id) => faults.includes(id));
    if (isRefused !== true) {
      assert.deepEqual(raised, [], line);
      continue;
    }
    assert.equal(raised.length, 1, line);
    assert.match(englishWords.text(record.story), /^Refused: no byte was (read|written)\.$/);
    assert.deepEqual(picture(machine.state), before, line);
    const after = machine.state.vm!.stats();
    assert.deepEqual([after.references, after.faults], [references + 1, counted + 1], line);
  }
  for (let page = 0; page < pages; page++) {
    const found = machine.state.vm!.peek(page * pageSize, pageSize);
    if (found !== undefined) assert.deepEqual([...found], memory.bytes.slice(page * pageSize, (page + 1) * pageSize));
  }
  assert.deepEqual(machine.checkInvariants(), []);
}

describe("accesses over several pages", () => {
  it("are done whole or refused whole, as an array with permissions says", () => {
    const shape = fc.record({
      demand: fc.boolean(),
      tlb: fc.boolean(),
      caches: fc.boolean(),
      // Policies with a clock act at every reference, refused or not.
      policy: fc.constantFrom("fifo", "lru", "clock", "lfu", "arc", "2q"),
    });
    fc.assert(fc.property(shape, fc.array(choice, { minLength: 5, maxLength: 30, size: "max" }), check), {
      numRuns: 400,
    });
  });
});
