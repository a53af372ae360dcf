import assert from "node:assert/strict";
import { said, runScript } from "./runScript";

interface Case {
  readonly name: string;
  readonly script: string;
  /** The whole message of the one `out-of-memory`. */
  readonly message: string;
  /** Lines, from 1, of the related information. */
  readonly related?: readonly number[];
}

const cases: readonly Case[] = [
  {
    name: "one live block between two holes",
    script: "heap 512 header=0\na = alloc 128\nb = alloc 256\nc = alloc 128\nfree a\nfree c\nd = alloc 200",
    message:
      "Out of memory: `heap` has no room for 200 bytes (a block of 200 bytes). 256 bytes are free in 2 blocks; the largest has 128 bytes. The memory is fragmented: `defrag` would make one free block of 256 bytes, which is enough. Only `b` (256 bytes, line 3) is in the way: without it there would be a free block of 512 bytes.",
    related: [3],
  },
  {
    name: "the smallest of several obstacles",
    script:
      "heap 448 header=0\na = alloc 64\nb = alloc 128\nc = alloc 64\nd = alloc 64\ne = alloc 128\nfree a\nfree c\nfree e\nf = alloc 192",
    message:
      "Out of memory: `heap` has no room for 192 bytes (a block of 192 bytes). 256 bytes are free in 3 blocks; the largest has 128 bytes. The memory is fragmented: `defrag` would make one free block of 256 bytes, which is enough. Only `d` (64 bytes, line 5) is in the way: without it there would be a free block of 256 bytes.",
    related: [5],
  },
  {
    name: "several blocks in the way",
    script: "heap 256 header=0\na = alloc 64\nb = alloc 64\nc = alloc 64\nd = alloc 64\nfree a\ne = alloc 192",
    message:
      "Out of memory: `heap` has no room for 192 bytes (a block of 192 bytes). 64 bytes are free in 1 block; the largest has 64 bytes. Even `defrag` would make only one free block of 64 bytes. 2 blocks of 128 bytes are in the way, `b` (64 bytes, line 3) and `c` (64 bytes, line 4): without them there would be a free block of 192 bytes.",
    related: [3, 4],
  },
  {
    name: "larger than the heap",
    script: "heap 1KiB header=16 footer=8\na = alloc 2000",
    message:
      "Out of memory: `heap` has no room for 2000 bytes (a block of 2024 bytes with its header and footer). 1024 bytes are free in 1 block; the largest has 1024 bytes. Even `defrag` would make only one free block of 1024 bytes.",
  },
  {
    name: "free neighbours that are not merged",
    script: "heap 256 header=0 coalesce=never\na = alloc 128\nb = alloc 128\nfree a\nfree b\nc = alloc 200",
    message:
      "Out of memory: `heap` has no room for 200 bytes (a block of 200 bytes). 256 bytes are free in 2 blocks; the largest has 128 bytes. The memory is fragmented: `defrag` would make one free block of 256 bytes, which is enough. Free neighbours are not merged: `coalesce` would make a free block of 256 bytes.",
  },
  {
    name: "quarantine",
    script: "heap 256 header=0 quarantine=128\na = alloc 128\nfree a\nb = alloc 200",
    message:
      "Out of memory: `heap` has no room for 200 bytes (a block of 200 bytes). 128 bytes are free in 1 block; the largest has 128 bytes. 128 bytes of 1 freed block are in quarantine. The memory is fragmented: `defrag` would make one free block of 256 bytes, which is enough. Only `a` (128 bytes, line 2) in quarantine is in the way: without it there would be a free block of 256 bytes.",
    related: [2, 3],
  },
  {
    name: "the limit of growth",
    script: "heap 256 header=0 grow=64 max=512\na = alloc 600",
    message:
      "Out of memory: `heap` has no room for 600 bytes (a block of 600 bytes). 256 bytes are free in 1 block; the largest has 256 bytes. `max=` keeps the heap from growing beyond 512 bytes. Even `defrag` would make only one free block of 256 bytes.",
  },
  {
    name: "alignment",
    script: "heap 128 header=0 base=0x10008\na = alloc 128 align=64",
    message:
      "Out of memory: `heap` has no room for 128 bytes (a block of 128 bytes). 128 bytes are free in 1 block; the largest has 128 bytes. The free block of 128 bytes at 0x10008 has no room for it at a multiple of 64. `defrag` would make one free block of 128 bytes, and the request would be refused all the same.",
  },
  {
    name: "TLSF passes over a class",
    script: "heap 1000 header=0 policy=tlsf\na = alloc 1000",
    message:
      "Out of memory: `heap` has no room for 1000 bytes (a block of 1000 bytes). 1000 bytes are free in 1 block; the largest has 1000 bytes. The free block of 1000 bytes at 0x10000 is large enough, but its class also holds smaller blocks: `tlsf` serves from the first class in which every block has 1000 bytes. `defrag` would make one free block of 1000 bytes, and the request would be refused all the same.",
  },
  {
    name: "the binary buddy system rounds up",
    script: "heap 512 header=0 policy=buddy\na = alloc 200\nb = alloc 130\nc = alloc 130",
    message:
      "Out of memory: `heap` has no room for 130 bytes (a block of 256 bytes). 0 bytes are free in 0 blocks; the largest has 0 bytes. Even `defrag` would not make room for it.",
  },
  {
    name: "an arena never uses freed memory again",
    script: "heap 256 header=0 policy=bump\na = alloc 200\nfree a\nb = alloc 100",
    message:
      "Out of memory: `heap` has no room for 100 bytes (a block of 104 bytes). 256 bytes are free in 2 blocks; `bump` can use at most 56 bytes. The free block of 200 bytes at 0x10000 is large enough, but `bump` uses nothing again before `reset` or `defrag`. `defrag` would make one free block of 256 bytes, which is enough.",
  },
  {
    name: "red zones",
    script: "heap 128 redzone=16\na = alloc 100",
    message:
      "Out of memory: `heap` has no room for 100 bytes (a block of 168 bytes with its header and red zones). 128 bytes are free in 1 block; the largest has 128 bytes. Even `defrag` would make one free block of 128 bytes, 40 bytes less than the block needs.",
  },
];

describe("out-of-memory explains itself", () => {
  for (const { name, script, message, related = [] } of cases) {
    it(name, () => {
      const found = runScript(script).problems.filter(({ id }) => id === "out-of-memory");
      assert.deepEqual(
        found.map((problem) => said(problem).message),
        [message],
      );
      assert.deepEqual(
        said(found[0]).related.map(({ line }) => line + 1),
        related,
      );
    });
  }

  it("stops looking for obstacles when a run fails too often", () => {
    const script = "heap 1MiB header=0\nrepeat 5000 as i\nb[i] = alloc 8\nend\nrepeat 500\nalloc 2MiB\nend";
    const found = runScript(script).problems.filter(({ id }) => id === "out-of-memory");
    assert.ok(said(found[0]).message.includes("defrag"));
  });
});
