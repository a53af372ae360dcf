import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../../../../src/language/parsing/parser";
import { History } from "../../../../src/machine/run/History";
import { Machine } from "../../../../src/machine/run/Machine";
import { fingerprint } from "../fingerprint";
import { problemPlaces, runScript, said } from "../runScript";

const mistakes: readonly (readonly [what: string, script: string, problems: readonly string[], text: RegExp])[] = [
  [
    "a slab cache with all its slabs in use",
    "slab s 2048 max=1\nrepeat 3 as i\na[i] = alloc from=s\nend\nreset s",
    ["pool-exhausted@3"],
    /no free object in slab cache `s`: all 2 objects of 2048 bytes are in use, and `max=1` allows no more slabs/,
  ],
  [
    "a double free of an object",
    "slab s 40\na = alloc from=s\nfree a\nfree a",
    ["double-free@4"],
    /freed at line 3 already/,
  ],
  [
    "a free inside an object",
    "slab s 40\na = alloc from=s\nfree a + 8\nfree a",
    ["invalid-free@3"],
    /interior pointer: 0x\w+ is 8 bytes inside the 40-byte block `a`/,
  ],
  [
    "a free of an object that was never handed out",
    "slab s 40 base=0x20000\na = alloc from=s\nfree 0x20500\nfree 0x20004\nfree a",
    ["invalid-free@3", "invalid-free@4"],
    /it lies in the slab cache `s`/,
  ],
  [
    "an overflow from one object into the next",
    "slab s 40\na = alloc from=s\nb = alloc from=s\nfill a 48 1\nfree a\nfree b",
    ["heap-overflow@4"],
    /8 bytes past the end of the 40-byte block `a`.*`b`/,
  ],
  [
    "a write over the bookkeeping of a slab",
    "slab s 64 base=0x20000\na = alloc from=s\nwrite 0x20000 7\nfree a",
    ["heap-corruption@3"],
    /damages the field `inuse` of slab 0 of slab cache `s`: it must be 1 and is 7/,
  ],
  [
    "an allocation that trips over damaged bookkeeping",
    "slab s 64 base=0x20000\na = alloc from=s\nwrite 0x2000c 9\nb = alloc from=s\nfree a\nfree b",
    ["heap-corruption@3", "heap-corruption@4"],
    /the entry of object 1 in `bufctl`.* must be 2 and is 9/,
  ],
  [
    "an access to a slab that was given back",
    "slab s 64 keep=0\na = alloc from=s\nfree a\nread a 1\nwrite 0x10800 1",
    ["use-after-free@4", "wild-access@5"],
    /use-after-free|given back|0 bytes inside/,
  ],
  [
    "an object too large for its slab",
    "slab s 5000 pages=1",
    ["bad-operand@1"],
    /An object of 5000 bytes does not fit into a slab of 4096 bytes/,
  ],
  ["an alignment that is no power of two", "slab s 64 align=24", ["misaligned@1"], /24 is not a power of two/],
  ["a slab base between pages", "slab s 64 base=0x10010", ["misaligned@1"], /multiple of 4096 bytes/],
  [
    "a request larger than an object",
    "slab s 64\na = alloc 65 from=s",
    ["invalid-size@2"],
    /blocks of slab cache `s` have 64 bytes/,
  ],
  [
    "objects at the end of the run",
    "slab s 64\na = alloc from=s",
    ["leak@2"],
    /The 64-byte block `a` allocated at line 2 is never freed/,
  ],
  ["a pool that shrinks", "pool p 8 x 2\nshrink p", ["bad-operand@2"], /only slab caches give memory back/],
  [
    "a growing pool at its bound",
    "pool p 8 x 1 grow=1 max=2\nrepeat 3 as i\na[i] = alloc from=p\nend\nreset p",
    ["pool-exhausted@3"],
    /all 2 blocks of 8 bytes are in use, and `max=2` allows no more/,
  ],
  [
    "a bound below the first blocks",
    "pool p 8 x 3 grow=1 max=2",
    ["bad-operand@1"],
    /`max=` is 2, less than the pool's 3 blocks/,
  ],
  [
    "a write behind a block into its red zone",
    "pool p 32 x 4 redzone=8 base=0x20000\na = alloc from=p\nwrite 0x20028 1\nwrite 0x20004 1\nfree a",
    ["heap-overflow@3", "heap-underflow@4", "heap-corruption@5", "heap-corruption@5"],
    /0 bytes after the (32-byte )?block|4 bytes before the/,
  ],
  [
    "a red zone of a free block",
    "pool p 32 x 4 redzone=8 base=0x20000\nwrite 0x20004 1",
    ["wild-access@2"],
    /the red zone of pool `p`/,
  ],
  [
    "blocks left when a carved pool loses its memory",
    "a = alloc 256\npool p 16 x 4 from=a\nb = alloc from=p\nfree a\nfree b",
    ["leak@3", "double-free@5"],
    /was in use when its pool `p` lost its memory at line 4|freed at line 4/,
  ],
  [
    "a block too small to carve",
    "a = alloc 32\npool p 16 x 4 from=a\nfree a",
    ["invalid-size@2"],
    /The pool needs 64 bytes; from there on, the 32-byte block `a` allocated at line 1 has 32 bytes/,
  ],
  [
    "two pools in the same bytes",
    "a = alloc 128\npool p 16 x 4 from=a\npool q 16 x 4 from=a\nfree a",
    ["bad-operand@3"],
    /The pool `p` lies in this part of/,
  ],
  [
    "a carved pool that grows",
    "a = alloc 64\npool p 16 x 2 grow=2 from=a\nfree a",
    ["bad-operand@2"],
    /`grow=` and `from=` exclude each other/,
  ],
  [
    "a pool that is never destroyed",
    "heap h 4KiB\npool p 16 x 2 from=h",
    ["leak@2"],
    /The 32-byte block `p` allocated at line 2/,
  ],
  [
    "a write through the block over a link",
    "a = alloc 64\npool p 16 x 4 from=a\nwrite a 1\nfree a",
    ["heap-corruption@3"],
    /the link in free block 0 of pool `p`/,
  ],
];

const proofs: readonly (readonly [what: string, script: string])[] = [
  [
    "pages follow from the object's size",
    "slab s 5000\na = alloc from=s\nexpect s.objectsPerSlab == 1 && s.poolBytes == 8192\nfree a",
  ],
  [
    "a pool's blocks are zeroed each time",
    "pool p 16 x 1 zeroed=on\na = alloc from=p\nwrite a 5\nfree a\na = alloc from=p\nread a 16\nfree a",
  ],
  [
    "alignment of a slab's objects",
    "slab s 40 align=64 colour=0\na = alloc from=s align=64\nexpect a % 64 == 0\nfree a",
  ],
  [
    "trim frees what lies outside",
    "slab s 64\nrepeat 8 as i\na[i] = alloc from=s\nend\ntrim s a[2]..a[4]\nexpect s.used == 2\nfree a[2]\nfree a[3]\nexpect problem double-free\nfree a[7]",
  ],
  [
    "a carved pool and its blocks follow the block that compaction moves",
    "heap h 4KiB\nx = alloc 64\na = alloc 128\npool p 16 x 8 from=a\nb = alloc from=p\nc = alloc from=p\nwrite c 77\nfree b\nfree x\ndefrag\nexpect c == a + 16\nread c 1\nd = alloc from=p\nexpect d == a\nfree c\nfree d\nfree a",
  ],
  [
    "a carved pool goes when realloc moves its block",
    "heap h 4KiB\na = alloc 64\npool p 16 x 4 from=a autofree=on\nb = alloc from=p\nstop = alloc 8\na = realloc a 512\nexpect !exists(p)\nfree a\nfree stop",
  ],
  [
    "a pool in a pool in a heap goes with the reset of the outer one",
    "heap h 4KiB\npool outer 256 x 4 from=h\npool inner 16 x 8 from=outer autofree=on\na = alloc from=inner\nexpect outer.used == 1 && exists(inner)\nreset outer\nexpect !exists(inner)\ndestroy outer\nexpect h.usedBlocks == 0",
  ],
  [
    "a carved pool reads and writes the heap's bytes",
    "heap h 4KiB\na = alloc 64\npool p 16 x 4 from=a autofree=on\nb = alloc from=p\nwrite b 9\nread a 1\nfree a",
  ],
  [
    "names of regions",
    "expect !exists(h) && !exists(nodes)\nheap h 4KiB\nslab nodes 8\nexpect exists(h) && exists(nodes) && !exists(other)",
  ],
];

describe("pools and slab caches in scripts", () => {
  for (const [what, script, places, text] of mistakes) {
    it(`report ${what}`, () => {
      const { problems, machine } = runScript(script);
      assert.deepEqual(problemPlaces(problems), places);
      for (const problem of problems) assert.match(said(problem).message, text);
      assert.deepEqual(machine.checkInvariants(), []);
    });
  }

  for (const [what, script] of proofs) {
    it(`hold: ${what}`, () => {
      const { problems, machine } = runScript(script);
      assert.deepEqual(problems, []);
      assert.deepEqual(machine.checkInvariants(), []);
    });
  }

  it("stop at the run's memory when nothing else bounds them", () => {
    const pool = runScript("pool p 1024 x 1 grow=1\nrepeat 9 as i\na[i] = alloc from=p\nend", { memory: 4096 });
    assert.deepEqual(problemPlaces(pool.problems), ["limit-exceeded@3"]);
    const slab = runScript("slab s 4096\nrepeat 9 as i\na[i] = alloc from=s\nend", { memory: 8192 });
    assert.deepEqual(problemPlaces(slab.problems), ["limit-exceeded@3"]);
    assert.deepEqual(problemPlaces(runScript("slab s 64 pages=4", { memory: 8192 }).problems), ["limit-exceeded@1"]);
  });

  it("take options from outside", () => {
    const script = "slab s 64\nexpect s.objectsPerSlab == 64 || s.objectsPerSlab == 60";
    assert.deepEqual(runScript(script, {}, new Map([["slab.bookkeeping", "off-slab"]])).problems, []);
    const { machine } = runScript(script, {}, new Map([["slab.pages", "2"]]));
    assert.equal(machine.problems.length, 1);
  });

  for (const name of ["12-slab", "13-pools"]) {
    it(`travel in time: ${name}`, () => {
      const text = readFileSync(join(__dirname, `../../../../media/examples/${name}.memscript`), "utf8");
      const history = new History(parse(text));
      history.seek(1000);
      for (let position = history.position; position >= 0; position--) {
        history.seek(position);
        const fresh = new Machine(parse(text));
        fresh.run(position);
        assert.deepEqual(fingerprint(history), fingerprint(fresh));
      }
    });
  }
});
