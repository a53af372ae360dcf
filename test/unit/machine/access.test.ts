import assert from "node:assert/strict";
import { endRecord } from "../../../src/machine/records/json";
import { problemPlaces, runScript } from "./runScript";

const endOf = (text: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
  const { machine } = runScript(text);
  assert.deepEqual(machine.checkInvariants(), []);
  return endRecord(machine.state, []) as never;
};

describe("access", () => {
  it("touches each page of its bytes", () => {
    const { vm } = endOf("vm replacement=lru frames=4 page=16\naccess 12 r size=8\naccess 0 w size=48\n");
    assert.equal(vm["references"], 5);
    assert.equal(vm["faults"], 3);
  });

  it("goes through caches with all its bytes, once where it reads and writes", () => {
    const lines = "cache L1 256B line=16\naccess 14 m size=4\naccess 16 r\n";
    const end = endOf(lines) as unknown as { caches: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    const { accesses, misses, hits } = end.caches["L1"];
    assert.deepEqual({ accesses, misses, hits }, { accesses: 2, misses: 1, hits: 1 });
  });

  it("needs the permission to write where it modifies", () => {
    const { problems } = runScript("vm frames=4 page=16\nmap 0..2 r--\naccess 4 r\naccess 4 m\n");
    assert.deepEqual(problemPlaces(problems), ["protection-fault@4"]);
  });

  it("touches no page when one of them refuses", () => {
    const { problems, machine } = runScript(
      "vm frames=4 page=16\nmap 0\naccess 12 w size=8\naccess 0 r size=0\naccess 0 r size=99999999999\n",
    );
    assert.deepEqual(problemPlaces(problems), ["page-fault@3", "bad-operand@4", "limit-exceeded@5"]);
    const { vm } = endRecord(machine.state, []) as unknown as { vm: Readonly<Record<string, unknown>> };
    assert.equal(vm["hits"], 0);
  });
});
