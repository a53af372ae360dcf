import assert from "node:assert/strict";
import { dataIdOf, targetOfDataId, type DataTarget } from "../../../src/debug/breakpoints/dataTargets";

describe("ids of what data breakpoints watch", () => {
  const targets: readonly DataTarget[] = [
    { kind: "block", allocation: 7 },
    { kind: "bytes", address: 0x7fff_ffff_f000, length: 64 },
    { kind: "page", space: 2, vpn: 3 },
    { kind: "frame", pfn: 5 },
  ];
  for (const target of targets) {
    it(`${dataIdOf(target)} leads back to its target`, () => {
      assert.deepEqual(targetOfDataId(dataIdOf(target)), target);
    });
  }
  for (const id of ["", "moon:1", "bytes:0x10", "bytes:0x10+0", "page:1", "frame:x", "block:0x"]) {
    it(`'${id}' names nothing`, () => {
      assert.equal(targetOfDataId(id), undefined);
    });
  }
});
