import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stepOutput } from "../../../src/debug/evaluation/console";
import { resultText } from "../../../src/machine/compare/resultText";
import { layoutText } from "../../../src/machine/inspect/layoutText";
import { toJsonRecord } from "../../../src/machine/records/json";
import { problemPlaces, runScript, said, type ScriptRun } from "./runScript";

/** Scripts made to break the machine: a file each in `test/fixtures/hostile`. */
function runFixture(name: string): ScriptRun {
  return runScript(readFileSync(join(__dirname, `../../fixtures/hostile/${name}.memscript`), "utf8"));
}

function readHex(script: string): string {
  const { records, problems } = runScript(script);
  assert.deepEqual(problemPlaces(problems), []);
  const value = records.at(-1)?.value;
  assert.ok(value?.kind === "bytes" || value?.kind === "translation");
  const data = value.kind === "bytes" ? value.bytes : value.loaded;
  return Buffer.from(data ?? []).toString("hex");
}

describe("an access to more pages than there are frames", () => {
  const vm = "vm page=16 frames=2 pages=64 replacement=lru\n";
  const stores = "store 0 1 width=8\nstore 16 2 width=8\nstore 32 3 width=8\n";
  const stored = ["01", "00".repeat(15), "02", "00".repeat(15), "03", "00".repeat(31)].join("");

  it("reads the zeros of pages that were evicted before any byte was written", () => {
    const { records, problems } = runFixture("read-more-than-frames");
    assert.deepEqual(problemPlaces(problems), []);
    const value = records[1].value;
    assert.ok(value?.kind === "bytes");
    assert.deepEqual(value.bytes, new Uint8Array(12 * 1024));
  });

  it("reads the bytes of pages that are in swap space again", () => {
    assert.equal(readHex(`${vm}${stores}read 0 64`), stored);
    assert.equal(readHex(`${vm}${stores}load 0 64`), stored);
  });

  it("copies the bytes of pages that the target's pages evict", () => {
    assert.equal(readHex(`${vm}${stores}copy 100 0 64\nread 100 64`), stored);
    assert.equal(readHex(`${vm.replace("frames=2", "frames=1")}${stores}copy 48 0 8\nread 48 8`), stored.slice(0, 16));
  });

  it("writes to pages that are evicted before the write is over", () => {
    assert.equal(readHex(`${vm}fill 8 100 7\nread 8 100`), "07".repeat(100));
    assert.equal(
      readHex(`${vm}write 0 "${"abcdefgh".repeat(10)}"\nread 0 80`),
      Buffer.from("abcdefgh".repeat(10)).toString("hex"),
    );
  });

  it("gives the physical address that its first byte had", () => {
    const { records } = runScript(`${vm}load 0 64`);
    const value = records.at(-1)?.value;
    assert.ok(value?.kind === "translation");
    assert.equal(value.physical, 0);
    assert.equal(value.loaded?.length, 64);
  });

  it("reaches every page whatever the replacement, also within a long script", () => {
    for (const policy of ["fifo", "lru", "opt", "clock", "random"]) {
      assert.equal(readHex(`${vm.replace("lru", policy)}${stores}read 0 64`), stored, policy);
    }
    const { machine } = runFixture("read-more-than-frames-in-context");
    assert.deepEqual(machine.checkInvariants(), []);
  });
});

describe("very many of anything", () => {
  it("are damaged by one write", () => {
    const { problems, machine } = runFixture("slab-damage");
    assert.deepEqual(problemPlaces(problems), ["heap-corruption@3"]);
    assert.match(said(problems[0]).message, /and 199999 more fields/);
    assert.deepEqual(machine.checkInvariants(), []);
  });

  for (const name of ["fork-layout", "fork-many"]) {
    it(`processes of a fork are shown and written as JSON: ${name}`, () => {
      const { problems, machine, records } = runFixture(name);
      assert.ok(problems.every(({ id }) => id === "bad-operand"));
      assert.ok(layoutText(machine.state).length > 1024 * 200);
      assert.ok(JSON.stringify(toJsonRecord(records.at(-1)!)).length > 0);
    });
  }

  it("events of a step are counted in its record beyond ten thousand", () => {
    const { records } = runScript("vm page=1 frames=16384 demand=on\nread 0 10000");
    const { events, omittedEvents } = toJsonRecord(records[1]) as { events: unknown[]; omittedEvents: number };
    assert.equal(events.length, 10_000);
    assert.equal(events.length + omittedEvents, records[1].events.length);
  });

  for (const [name, length] of [
    ["read8", 8 * 1024 ** 2],
    ["read32", 32 * 1024 ** 2],
    ["load-256m", 256 * 1024 ** 2],
  ] as const) {
    it(`bytes of a read are counted in its record beyond 64 KiB: ${name}`, () => {
      const { records, problems } = runFixture(name);
      assert.deepEqual(problems, []);
      const record = records.find(({ op }) => op === "read" || op === "load")!;
      const { bytes, omitted } = toJsonRecord(record)["value"] as { bytes: string; omitted: number };
      assert.equal(bytes.length, 2 * 64 * 1024);
      assert.equal(omitted, length - 64 * 1024);
      assert.ok(resultText(record.value).length < 4 * 64 * 1024);
      assert.ok((stepOutput(record) ?? "").length < 2 * 64 * 1024);
    });
  }

  it("bytes that differ beyond what is shown give another result", () => {
    const bytes = new Uint8Array(100_000);
    const text = resultText({ kind: "bytes", address: 0, bytes });
    assert.notEqual(resultText({ kind: "bytes", address: 0, bytes: Uint8Array.from([...bytes.subarray(1), 1]) }), text);
  });

  it("blocks of a pool come and go", () => {
    assert.deepEqual(runFixture("pool4m").problems, []);
  });
});

describe("a run that differs from the one that was foreseen", () => {
  it("keeps the optimal policy in order", () => {
    const lines = [
      "repeat 3 as i",
      "copy used 0 512",
      "b = alloc 16",
      "vm page=64 frames=8 replacement=opt swap=4",
      "end",
    ];
    for (const policy of ["opt", "unopt"]) {
      const { machine } = runScript(lines.join("\n").replace("opt", policy));
      assert.deepEqual(machine.checkInvariants(), [], policy);
    }
  });
});

describe("a declaration", () => {
  it("is measured before its geometry is computed", () => {
    assert.deepEqual(problemPlaces(runFixture("slab-huge").problems), ["limit-exceeded@1"]);
  });
});
