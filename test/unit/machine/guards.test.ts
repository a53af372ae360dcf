import assert from "node:assert/strict";
import { said, problemPlaces, runScript } from "./runScript";

interface Case {
  readonly name: string;
  readonly script: string;
  /** `id@line` of every problem, and a part of each message. */
  readonly problems: readonly (readonly [place: string, part: string])[];
}

const redZones = "heap 1KiB redzone=16\n";
const quarantine = "heap 1KiB quarantine=200 freed=0xdd\n";

const cases: readonly Case[] = [
  {
    name: "a write into the red zone by its handle",
    script: `${redZones}a = alloc 40\nwrite a + 44 1 width=4`,
    problems: [
      ["heap-overflow@3", "4 bytes after the 40-byte block `a` allocated at line 2, in the red zone after it."],
      ["leak@2", "never freed"],
    ],
  },
  {
    name: "an access that starts inside the block",
    script: `${redZones}a = calloc 1 40\nread a + 38 4`,
    problems: [
      [
        "heap-overflow@3",
        "goes 2 bytes past the end of the 40-byte block `a` allocated at line 2, into the red zone after it.",
      ],
      ["leak@2", ""],
    ],
  },
  {
    name: "raw addresses in either red zone, where without one looking at them is no mistake",
    script: `${redZones}a = alloc 40\nread 0x10028 8\nread 0x10058 16`,
    problems: [
      ["heap-underflow@3", "8 bytes before the 40-byte block `a` allocated at line 2, in the red zone before it."],
      ["heap-overflow@4", "0 bytes after the 40-byte block `a` allocated at line 2, in the red zone after it."],
      ["leak@2", ""],
    ],
  },
  {
    name: "the slack of rounding belongs to the red zone",
    script: `${redZones}a = alloc 37\nwrite a + 37 0 width=1\nfree a`,
    problems: [
      ["heap-overflow@3", "in the red zone after it"],
      ["heap-corruption@4", "0 bytes after the block, is 0x00 and must be 0xfd; line 3 did it."],
    ],
  },
  {
    name: "a header between the zones may still be looked at",
    script: `${redZones}a = alloc 40\nread 0x10000 32\nfree a`,
    problems: [],
  },
  {
    name: "the red zone of another block",
    script: `${redZones}a = alloc 40\nb = alloc 40\nwrite a + 100 1\nfree a\nfree b`,
    problems: [
      ["heap-overflow@4", "in the red zone before the 40-byte block `b` allocated at line 3."],
      ["heap-corruption@6", "4 bytes before the block, is 0x01 and must be 0xfd; line 4 did it."],
    ],
  },
  {
    name: "check tells damage until it is gone, with its extent and the line that did it",
    script: `${redZones}a = alloc 40\nfill a 44 0\ncheck\nfree a\ncheck`,
    problems: [
      ["heap-overflow@3", "into the red zone after it"],
      ["heap-corruption@4", "is 0x00 and must be 0xfd (the damage spans 4 bytes); line 3 did it."],
      ["heap-corruption@5", "line 3 did it"],
    ],
  },
  {
    name: "realloc looks before it moves the end",
    script: `${redZones}a = alloc 40\nwrite a + 40 1\na = realloc a 80\nfree a`,
    problems: [
      ["heap-overflow@3", ""],
      ["heap-corruption@4", "the red zone after the 40-byte block `a`"],
    ],
  },
  {
    name: "defrag takes the red zones along",
    script: `${redZones}a = alloc 40\nb = alloc 24\nfree a\ndefrag\ncheck\nwrite b + 24 1\ncheck\nfree b`,
    problems: [
      ["heap-overflow@7", "in the red zone after it"],
      ["heap-corruption@8", "`b` allocated at line 3 is damaged"],
      ["heap-corruption@9", ""],
    ],
  },
  {
    name: "a fill pattern is not written by the script",
    script: "heap 1KiB fresh=0xcd\na = alloc 40\nread a 4\nfree a",
    problems: [["uninitialized-read@3", "byte 0 of the 40-byte block `a`"]],
  },
  {
    name: "use after free meets memory that belongs to nobody",
    script: `${quarantine}a = alloc 40\nfree a\nb = alloc 40\nwrite a 1\nread 0x10028 4\nfree a\nfree b`,
    problems: [
      ["use-after-free@5", "freed at line 3; it still waits in quarantine."],
      ["use-after-free@6", "8 bytes inside the 40-byte block `a` allocated at line 2, freed at line 3; it still waits"],
      ["double-free@7", ""],
    ],
  },
  {
    name: "check finds what was written to a quarantined block",
    script: `${quarantine}a = alloc 40\nfree a\nwrite a + 3 1\ncheck`,
    problems: [
      ["use-after-free@4", ""],
      ["heap-corruption@5", "its byte 3 at 0x10023 is 0x01 and must be 0xdd; line 4 did it."],
    ],
  },
  {
    name: "the quarantine keeps memory from a request that nothing else serves",
    script: "heap 256 quarantine=200\na = alloc 100\nfree a\nb = alloc 100",
    problems: [["out-of-memory@4", ""]],
  },
  {
    name: "a fill byte has 8 bits",
    script: "heap 1KiB fresh=256",
    problems: [["bad-operand@1", "a byte is at most 255"]],
  },
  {
    name: "red zones larger than the heap",
    script: "heap 1KiB redzone=1KiB",
    problems: [["bad-operand@1", "Header, footer and red zones take 2080 bytes"]],
  },
];

describe("debug heaps in scripts", () => {
  for (const { name, script, problems } of cases) {
    it(name, () => {
      const found = runScript(script).problems;
      assert.deepEqual(
        problemPlaces(found),
        problems.map(([place]) => place),
      );
      for (const [index, [, part]] of problems.entries()) {
        assert.ok(said(found[index]).message.includes(part), said(found[index]).message);
      }
    });
  }

  it("lets the oldest block out first and tells so", () => {
    const { records, machine } = runScript(
      "heap 1KiB quarantine=160\na = alloc 40\nb = alloc 40\nc = alloc 40\nfree b\nfree a\nfree c\nd = alloc 200",
    );
    assert.deepEqual(
      records.slice(4, 7).map(({ story }) => story),
      [
        "Freed `b`: 72 bytes at 0x10048, which wait in quarantine.",
        "Freed `a`: 72 bytes at 0x10000, which wait in quarantine with 72 bytes of other blocks.",
        "Freed `c`: 72 bytes at 0x10090, which wait in quarantine with 72 bytes of other blocks; 1 block left it to be free.",
      ],
    );
    const blocks = [...machine.state.heaps.get("heap")!.blocks()].map(({ size, state }) => `${state} ${size}`);
    assert.deepEqual(blocks, ["quarantined 72", "free 72", "quarantined 72", "used 232", "free 576"]);
  });

  it("stops before patterns fill more memory than the simulation may have", () => {
    const limits = { residentMemory: 100_000 };
    for (const script of [
      "heap 1GiB fresh=1\na = alloc 1MiB",
      "heap 1GiB freed=1\na = alloc 1MiB\nfree a",
      "heap 1GiB redzone=1MiB\na = alloc 1",
      "heap 1GiB fresh=1\na = alloc 10\na = realloc a 1MiB",
    ]) {
      const { problems } = runScript(script, limits);
      assert.ok(
        problems.some(({ id }) => id === "limit-exceeded"),
        script,
      );
    }
  });
});
