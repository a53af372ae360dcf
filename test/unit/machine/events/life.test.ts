import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { subjectAt, subjectOfHandle, subjectTitle, type LifeSubject } from "../../../../src/machine/events/lifeSubject";
import { runScript } from "../runScript";
import { lifeOf, places, told } from "./scan";

const golden = join(__dirname, "lives.golden.txt");
const examples = join(__dirname, "../../../../media/examples");

/** The lives of all blocks of a script, and of the places named. */
function lives(name: string, subjects: readonly LifeSubject[]): string[] {
  const text = readFileSync(join(examples, name), "utf8");
  const { machine } = runScript(text);
  const blocks = Array.from({ length: machine.state.allocations.length }, (_, allocation): LifeSubject => {
    return { kind: "block", allocation };
  });
  return [...blocks, ...subjects].flatMap((subject) => [
    `== ${name}: ${subjectTitle(subject, machine.state)}`,
    ...told(lifeOf(text, subject)),
    "",
  ]);
}

describe("lives", () => {
  it("of the founding examples are told word for word", () => {
    const found = [
      ...lives("01-heap.memscript", [{ kind: "range", from: 0x10020, to: 0x10021 }]),
      ...lives("02-virtual-memory.memscript", [
        { kind: "page", vpn: 0, process: "main" },
        { kind: "frame", frame: 0 },
      ]),
      ...lives("03-pool.memscript", []),
    ].join("\n");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(golden, found);
    assert.equal(found, readFileSync(golden, "utf8"));
  });

  it("follow a block that moves and is resized, to the next use of its place", () => {
    const text = [
      "a = alloc 16",
      "b = alloc 16",
      "free a",
      "defrag",
      "write b 1",
      "b = realloc b 24",
      "free b",
      "write b 2",
      "c = alloc 8",
      "write c 1",
      "free c",
    ].join("\n");
    assert.deepEqual(places(lifeOf(text, { kind: "block", allocation: 1 })), [
      "2 split",
      "2 allocation",
      "4 move",
      "5 write",
      "6 resize",
      "7 free",
      "7 coalesce",
      "8 write",
      "8 problem",
      "9 split",
      "9 allocation",
    ]);
  });

  it("of a leaked block end with the problem", () => {
    const found = lifeOf("a = alloc 16\nwrite a 1", { kind: "block", allocation: 0 });
    assert.deepEqual(places(found).slice(-2), ["2 write", "2 problem"]);
    assert.match(told(found).at(-1)!, /: Memory leak: /);
  });

  it("of a block that is never allocated say so", () => {
    assert.equal(
      lifeOf("a = alloc 16\nfree a", { kind: "block", allocation: 5 }).note,
      "The block was never allocated.",
    );
  });

  it("begin at what a handle or an address means", () => {
    const { state } = runScript("a = alloc 16\nb = 0x10028\nc = 0x9000000").machine;
    assert.deepEqual(subjectOfHandle(state, "a"), { kind: "block", allocation: 0 });
    assert.deepEqual(subjectAt(state, state.handle("a")!.address + 8), { kind: "block", allocation: 0 });
    assert.equal(subjectOfHandle(state, "nobody"), undefined);
    assert.deepEqual(subjectAt(state, 0x9000000), { kind: "range", from: 0x9000000, to: 0x9000001 });
  });
});
