import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import { pageFlags } from "../../../../src/engine/vm/contract";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";

const kinds = ["read", "write", "execute"] as const;
type Kind = (typeof kinds)[number];

/** A page as a table or the lookaside buffer has it. */
interface Entry {
  readonly frame: number;
  permits: number;
  dirty: boolean;
}

/** A buffer as large as need be beside a table: two maps that nothing keeps in step. */
class NaiveProcessor {
  readonly table = new Map<number, Entry>();
  readonly buffer = new Map<number, Entry>();

  access(
    page: number,
    kind: Kind,
  ): { readonly frame: number; readonly isStale: boolean } | "page-fault" | "protection-fault" {
    const there = this.table.get(page);
    const held = this.buffer.get(page);
    if (held !== undefined && this.permits(held, kind) && (kind !== "write" || held.dirty)) {
      const isStale = there?.frame !== held.frame || !this.permits(there, kind);
      if (!isStale && kind === "write") there.dirty = true;
      return { frame: held.frame, isStale };
    }
    this.buffer.delete(page);
    if (there === undefined) return "page-fault";
    if (!this.permits(there, kind)) return "protection-fault";
    if (kind === "write") there.dirty = true;
    this.buffer.set(page, { ...there });
    return { frame: there.frame, isStale: false };
  }

  private permits({ permits }: Entry, kind: Kind): boolean {
    return (permits & pageFlags[kind]) !== 0;
  }
}

const operation = fc.record({
  kind: fc.constantFrom("map", "map", "unmap", "protect", "flush", "flush-all", ...kinds, ...kinds, ...kinds),
  page: fc.nat(4),
  frame: fc.nat(7),
  permits: fc.constantFrom(1, 3, 3, 5, 7, 7),
});

function makeMemory(): VirtualMemory {
  const tlb = { entries: 16, ways: 16, policy: "lru", tagged: false, seed: 1, coherent: false } as const;
  return new VirtualMemory(virtualMemoryOptions({ frames: 8, pages: 16, tlb }), new EventLog());
}

describe("a lookaside buffer that is not coherent", () => {
  it("goes by what it remembers until it is flushed, and tells when that is not true any more", () => {
    const run = (operations: readonly (typeof operation extends fc.Arbitrary<infer T> ? T : never)[]): void => {
      let memory = makeMemory();
      const naive = new NaiveProcessor();
      for (const { kind, page, frame, permits } of operations) {
        if (kind === "map") {
          if (memory.map(page, permits, frame).reason === "none")
            naive.table.set(page, { frame, permits, dirty: false });
        } else if (kind === "unmap") assert.equal(memory.unmap(page), naive.table.delete(page));
        else if (kind === "protect") {
          memory.protect(page, permits);
          const entry = naive.table.get(page);
          if (entry !== undefined) entry.permits = permits;
        } else if (kind === "flush") {
          assert.equal(memory.tlb?.flushPages(0, page, page + 1), naive.buffer.delete(page) ? 1 : 0);
        } else if (kind === "flush-all") {
          assert.equal(memory.tlb?.flush(), naive.buffer.size);
          naive.buffer.clear();
        } else {
          const expected = naive.access(page, kind);
          const isRefused = memory.refuse(page * 4096, 1, kind) !== null;
          const found = memory.access(page * 4096 + 9, kind);
          const stale = memory.checked.takeStaleUses();
          if (typeof expected === "string") {
            assert.equal(found.reason, expected);
            assert.equal(stale.length, 0);
          } else {
            assert.equal(found.reason === "none" && found.physical, expected.frame * 4096 + 9);
            assert.equal(stale.length === 1, expected.isStale);
          }
          assert.equal(isRefused, typeof expected === "string");
        }
        // Going on from a snapshot is going on.
        const snapshot = memory.snapshot();
        memory = makeMemory();
        memory.restore(snapshot);
        assert.deepEqual(memory.checkInvariants(), []);
      }
    };
    fc.assert(fc.property(fc.array(operation, { minLength: 1, maxLength: 40 }), run), { numRuns: 400 });
  });

  it("keeps nothing of pages that the operating system moves by itself", () => {
    const memory = makeMemory();
    memory.map(0, 11);
    memory.access(0, "write");
    memory.fork("child");
    memory.access(0, "write");
    assert.equal(memory.pager.copies, 1);
    assert.deepEqual(memory.checked.takeStaleUses(), []);
    memory.switchTo("child");
    const outcome = memory.access(0, "read");
    assert.equal(outcome.reason === "none" && outcome.tlbHit, false);
  });
});
