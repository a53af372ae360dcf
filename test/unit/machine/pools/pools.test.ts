import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../../../../src/language/parsing/parser";
import { History } from "../../../../src/machine/run/History";
import { Machine } from "../../../../src/machine/run/Machine";
import { fingerprint } from "../fingerprint";
import { check } from "../../fixtures";
import { runScript } from "../runScript";

describe("pools and slab caches in scripts", () => {
  it("stop at the run's memory when nothing else bounds them", () => {
    check("pool p 1024 x 1 grow=1\nrepeat 9 as i\na[i] = alloc from=p # limit-exceeded\nend", { memory: 4096 });
    check("slab s 4096\nrepeat 9 as i\na[i] = alloc from=s # limit-exceeded\nend", { memory: 8192 });
    check("slab s 64 pages=4 # limit-exceeded", { memory: 8192 });
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
