import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

/** Compares a report of an interface with the committed one; UPDATE_GOLDENS=1 writes it. */
export function expectGolden(name: string, report: string): void {
  const file = path.join(__dirname, "goldens", name);
  if (process.env["UPDATE_GOLDENS"] === "1") {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, report);
  }
  assert.equal(report, fs.readFileSync(file, "utf8"), `test/unit/api/goldens/${name} differs`);
}
