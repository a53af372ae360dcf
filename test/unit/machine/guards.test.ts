import assert from "node:assert/strict";
import { englishWords } from "../../../src/language/Words";
import { storyText } from "../../../src/machine/stories/storyText";
import { check } from "../fixtures";
import { runScript } from "./runScript";

describe("debug heaps in scripts", () => {
  it("lets the oldest block out first and tells so", () => {
    const { records, machine } = runScript(
      "heap 1KiB quarantine=160\na = alloc 40\nb = alloc 40\nc = alloc 40\nfree b\nfree a\nfree c\nd = alloc 200",
    );
    assert.deepEqual(
      records.slice(4, 7).map((record) => storyText(record, englishWords)),
      [
        "Freed `b`: 72 bytes at 0x10048, now in quarantine.",
        "Freed `a`: 72 bytes at 0x10000, now in quarantine with 72 bytes of other blocks.",
        "Freed `c`: 72 bytes at 0x10090, now in quarantine with 72 bytes of other blocks. 1 block left quarantine and is free.",
      ],
    );
    const blocks = [...machine.state.heaps.get("heap")!.blocks()].map(({ size, state }) => `${state} ${size}`);
    assert.deepEqual(blocks, ["quarantined 72", "free 72", "quarantined 72", "used 232", "free 576"]);
  });

  it("stops before patterns fill more memory than the simulation may have", () => {
    for (const script of [
      "heap 1GiB fresh=1\na = alloc 1MiB # limit-exceeded",
      "heap 1GiB freed=1\na = alloc 1MiB\nfree a # limit-exceeded",
      "heap 1GiB redzone=1MiB\na = alloc 1 # limit-exceeded",
      "heap 1GiB fresh=1\na = alloc 10\na = realloc a 1MiB # limit-exceeded",
    ])
      check(script, { residentMemory: 100_000 });
  });
});
