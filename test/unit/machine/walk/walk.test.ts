import * as assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { AccessKind } from "../../../../src/engine/vm/contract";
import { toJsonRecord } from "../../../../src/machine/records/json";
import { walkAddress } from "../../../../src/machine/walk/walk";
import { walkText } from "../../../../src/machine/walk/text";
import { englishWords } from "../../../../src/language/Words";
import { runScript, said } from "../runScript";

interface Case {
  readonly name: string;
  readonly script: string;
  readonly looks: readonly (readonly [address: number, kind?: AccessKind])[];
}

const cases: readonly Case[] = [
  {
    name: "a flat table: mapped, not mapped, not permitted, beyond the address space",
    script: "vm frames=100 pages=16\nmap 1 -> 20 ru",
    looks: [[0x1004], [0x1004, "write"], [0x5000], [0x10000]],
  },
  {
    name: "pages whose size is no power of two",
    script: "vm page=1000 frames=10 pages=10\nmap 3 -> 7",
    looks: [[3021]],
  },
  {
    name: "pages of 32 bytes in two levels, as OSTEP draws them: stops at either level",
    script: "vm page=32 frames=128 levels=2 pages=1024\nmap 5 -> 3\nmap 70 -> 4",
    looks: [[5 * 32 + 9], [6 * 32], [999 * 32]],
  },
  {
    name: "x86-64 with four levels: stops at each",
    script: "vm table=x86-64 frames=1024\nmap 0x12345 -> 0x33 ru\naccess 0x12345678 r",
    looks: [[0x12345678], [0x12346000], [0x12600000], [0x40000000], [0x8000000000], [0x800000000000]],
  },
  {
    name: "x86-64 with five levels",
    script: "vm table=x86-64-5 frames=1024\nmap 0x12345 -> 0x33 rwxu\nstore 0x12345678 1",
    looks: [[0x12345678], [2 ** 50]],
  },
  {
    name: "a huge page of 2 MiB",
    script: "vm table=x86-64 frames=2048\nmap 512 -> 1024 rwu huge=2MiB\nstore 0x2ff008 1",
    looks: [[0x2ff008]],
  },
  {
    name: "RISC-V Sv39",
    script: "vm table=sv39 frames=1024\nmap 0x555 -> 9 rx\naccess 0x555123 x",
    looks: [[0x555123]],
  },
  {
    name: "an inverted table: found behind another page, and not there",
    script: "vm table=inverted frames=8 pages=64\nmap 3 -> 1\nmap 11 -> 6",
    looks: [[0x3010], [0xb010], [0x13000], [0x4000]],
  },
  {
    name: "segments without paging",
    script:
      "vm paging=off page=1KiB frames=64 space=16KiB\nsegment code 2KiB rx base=32KiB\nsegment heap 3KiB rw base=34KiB\nsegment stack 2KiB rw base=28KiB grow=down",
    looks: [[100], [100, "write"], [4200], [7600], [10_000], [12_200], [9000], [16_000]],
  },
  {
    name: "segments with paging",
    script: "vm page=1KiB frames=8 pages=64\nsegment code 2KiB base=8KiB\nsegment data 1KiB base=16KiB\nmap 8 -> 3",
    looks: [[100], [32768 + 5]],
  },
  {
    name: "swapped out, on the device and compressed; never touched; out of every region",
    script: "vm frames=1 replacement=fifo swap=4\nmap 9\nstore 0 1\nstore 0x1000 1",
    looks: [[4], [0x1004], [0x9000], [0x2000]],
  },
  {
    name: "swapped out into the compressed pool",
    script: "vm frames=1 replacement=fifo zswap=4KiB\nstore 0 1\nstore 0x1000 1",
    looks: [[0]],
  },
  {
    name: "regions: inside, guarded, below a stack, above a heap, in none, not permitted",
    script:
      "vm demand=on frames=8 pages=64\nregion text 1..4 rx\nregion heap 8..10 grow=up\nguard hole 30..31\nregion stack 40..44 grow=down limit=8",
    looks: [[0x1000], [0x1000, "write"], [0x8004], [0xc000], [0x1e000], [0x25000], [0x35000], [0]],
  },
  {
    name: "a page shared copy-on-write, in the child",
    script: "vm frames=8\nmap 2 -> 5\nstore 0x2000 1\nfork child\nswitch child",
    looks: [[0x2000, "write"]],
  },
  {
    name: "a lookaside buffer: a hit and a miss",
    script: "vm frames=8\ntlb 4 ways=2\nmap 2..4\nload 0x2000",
    looks: [[0x2000], [0x3000]],
  },
  {
    name: "caches, the first level split: dirty in one, clean in another, not there, none for what has no frame",
    script:
      "vm frames=8\nmap 2 -> 5 rwxu\ncache I1 64B ways=2 line=16 kind=instruction\ncache L1 64B ways=2 line=16 kind=data\ncache L2 256B ways=4 line=16\nload 0x2064\nstore 0x2048 7",
    looks: [[0x2048], [0x206f, "read"], [0x2048, "execute"], [0x2010], [0x3000]],
  },
  {
    name: "user mode: permissions of all levels, the mode and the bits of the word",
    script:
      'vm table=x86-64 frames=1024\nmap 5 -> 7 rwxu\nmap 6 -> 8 rw\nmode user\npte 5 level=3 clear="R/W"\npte 512 level=1 set="P PS 13"',
    looks: [
      [0x5000],
      [0x5000, "write"],
      [0x5000, "read"],
      [0x6000, "read"],
      [0x200000],
      [0x200000, "read"],
      [0x800000000000, "read"],
    ],
  },
  {
    name: "supervisor mode under SMEP and SMAP",
    script: "vm table=x86-64 frames=1024\nmap 5 -> 7 rwxu\nmode supervisor smep=on smap=on",
    looks: [
      [0x5000, "execute"],
      [0x5000, "read"],
    ],
  },
  {
    name: "RISC-V: not valid, a misaligned superpage, SUM, Svade, a sign that is not repeated, beyond memory",
    script:
      'vm table=sv39 frames=1024\nmap 1 -> 1 rwu\nmap 2 none\npte 512 -> 3 "V R" level=1\npte 3 -> 5000 "V R A"\nmode supervisor svade=on',
    looks: [[0x1000, "read"], [0x2000], [0x200000], [0x3000], [0x4000000000]],
  },
  {
    name: "a lookaside buffer that is not coherent: a hit, a stale one, and one that forbids less than the table",
    script:
      "vm frames=8\ntlb 4 coherent=off\nmap 1 -> 1\nmap 2 -> 2\nmap 3 -> 3\nload 0x1000\nload 0x2000\nstore 0x3000 1\nunmap 2\nprotect 3 r",
    looks: [[0x1000], [0x2000, "read"], [0x3000], [0x3000, "write"]],
  },
];

const goldenFile = path.join(__dirname, "walks.golden.txt");

function render(): string {
  const parts = cases.map(({ name, script, looks }) => {
    const { machine, problems } = runScript(script);
    assert.deepEqual(
      problems.map((problem) => said(problem).message),
      [],
      name,
    );
    const walks = looks.map(([address, kind]) => {
      const walk = walkAddress(machine.state, address, kind ?? null);
      assert.ok(walk);
      return [
        `-- 0x${address.toString(16)}${kind === undefined ? "" : ` ${kind}`}`,
        ...walkText(walk, englishWords),
      ].join("\n");
    });
    return [`== ${name}`, script, ...walks].join("\n");
  });
  return `${parts.join("\n\n")}\n`;
}

describe("the walk of an address", () => {
  it("is as recorded, for every kind of table and every way to stop", () => {
    const found = render();
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(goldenFile, found);
    assert.equal(found, readFileSync(goldenFile, "utf8"));
  });

  it("shows the words of x86-64 bit by bit", () => {
    // Intel SDM vol. 3A, table 4-20: P 0, R/W 1, U/S 2, A 5, D 6, frame from bit 12 on, XD 63.
    const { machine } = runScript("vm table=x86-64 frames=1024\nmap 0x12345 -> 0x33 rwu\nstore 0x12345678 7");
    const walk = walkAddress(machine.state, 0x12345678);
    const entries = walk?.steps.filter((step) => step.kind === "entry") ?? [];
    assert.deepEqual(
      entries.map(({ index }) => index),
      [0, 0, 0x12345678 >>> 21, (0x12345678 >>> 12) & 511],
    );
    assert.equal(entries[3].word, `0x8000000000033067`);
    assert.deepEqual(entries[3].bits, ["P", "R/W", "U/S", "A", "D", "NX"]);
    for (const [level, { word, to }] of entries.slice(0, 3).entries()) {
      assert.equal(BigInt(word) >> 12n, BigInt(to ?? -1), `level ${level}`);
      assert.equal(BigInt(word) & 0xfffn, 0b100111n, `level ${level}`);
      assert.equal(entries[level + 1].frame, to, `level ${level}`);
    }
    assert.deepEqual(walk?.end, { kind: "reached", physical: 0x33678 });
  });

  it("names the block at the address and the line that made it", () => {
    const { machine } = runScript("vm frames=64\na = alloc 100");
    const a = machine.state.handle("a")?.address ?? 0;
    const block = walkAddress(machine.state, a + 4)?.steps.at(-1);
    assert.deepEqual(block, { kind: "block", region: "heap", state: "used", start: a - 32, handle: "a", line: 1 });
  });

  it("is part of what `translate` gives, with what the reference met in the lookaside buffer", () => {
    const { records } = runScript("vm frames=4 demand=on\ntlb 2\ntranslate 0x1000\ntranslate 0x1000");
    const hits = records.slice(2).map((record) => {
      const { value } = record;
      assert.ok(value?.kind === "translation" && value.walk !== null);
      return value.walk.steps.find((step) => step.kind === "tlb")?.hit;
    });
    assert.deepEqual(hits, [false, true]);
    assert.equal(JSON.stringify(toJsonRecord(records[3])).includes('"walk":{"process":"main"'), true);
  });

  it("tells where a line belongs in each cache as plain data", () => {
    const { records } = runScript(
      "vm frames=8\nmap 2 -> 5\ncache L1 64B ways=2 line=16\nstore 0x2018 7\ntranslate 0x2018",
    );
    const { value } = JSON.parse(JSON.stringify(toJsonRecord(records[4]))) as {
      value: { walk: { steps: { kind: string }[] } };
    };
    assert.deepEqual(
      value.walk.steps.filter(({ kind }) => kind === "cache"),
      [{ kind: "cache", name: "L1", set: 1, line: "0x5010", state: "dirty" }],
    );
  });

  it("leaves the caches as they are", () => {
    const { machine } = runScript("vm frames=8\nmap 2 -> 5\ncache L1 64B ways=2 line=16\nstore 0x2018 7\nload 0x2040");
    const { caches } = machine.state;
    assert.ok(caches);
    const before = JSON.stringify(caches.save());
    for (let address = 0x2000; address < 0x2100; address += 8) walkAddress(machine.state, address);
    assert.equal(JSON.stringify(caches.save()), before);
  });

  it("goes through the tables of the process that is asked for, whichever runs", () => {
    const { machine } = runScript("vm table=sv39 frames=16\nmap 1 -> 5\nprocess p\nswitch p\nmap 1 -> 6");
    const { state } = machine;
    const walkIn = (name: string) => walkAddress(state, 0x1004, null, state.vm!.spaceNamed(name))!;
    for (const [name, physical] of [
      ["main", 0x5004],
      ["p", 0x6004],
    ] as const) {
      const { process, end } = walkIn(name);
      assert.deepEqual({ process, end }, { process: name, end: { kind: "reached", physical } });
    }
    assert.deepEqual(walkAddress(state, 0x1004), walkIn("p"));
  });

  it("changes nothing", () => {
    const { machine } = runScript("vm frames=2 replacement=lru\ntlb 2\nstore 0 1\nstore 0x1000 1\nstore 0x2000 1");
    const before = JSON.stringify([machine.state.vm?.stats(), [...(machine.state.vm?.entries() ?? [])]]);
    for (let page = 0; page < 4; page++) walkAddress(machine.state, page * 4096, "write");
    assert.equal(JSON.stringify([machine.state.vm?.stats(), [...(machine.state.vm?.entries() ?? [])]]), before);
  });
});
