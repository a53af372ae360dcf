import * as fs from "node:fs";
import * as path from "node:path";
import { examplesDir } from "../../harness/paths";
import { cli, Folder, json } from "../cli/harness";
import { expectGolden } from "./golden";
import { Shape } from "./shape";

/** Examples of which a million records say nothing new. */
const long = ["sqlite.memscript", "limits.memscript"];

/** Every other example. */
function examples(): string[] {
  const names = fs.readdirSync(examplesDir, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".memscript") && !long.includes(path.basename(name)))
    .map((name) => path.join(examplesDir, name))
    .sort();
}

describe("JSON records of the command line", () => {
  const folder = new Folder();
  const mtrace = folder.write("some.mtrace", "= Start\n@ ./a:[0x1] + 0x100 0x20\n@ ./a:[0x2] - 0x100\n= End\n");
  const lackey = folder.write("some.lackey", "I  04016b80,3\n L 1ffefff8a0,8\n S 1ffefff8a8,8\n M 1ffefff8a8,4\n");
  const expectations = folder.write("tests.memscript", "expect used == 0 # 2 points: all is freed\nexpect a\n");
  const hardware = folder.write(
    "hardware.memscript",
    'vm frames=2 replacement=lru tlb=2\ncache L1 96 ways=3 line=16\nreference "1 2 3"\n',
  );
  after(() => folder.remove());

  const commands: readonly (readonly [name: string, commands: () => readonly (readonly string[])[]])[] = [
    ["run", () => examples().map((file) => ["run", file, "--json", "--state", "end"])],
    ["check", () => examples().map((file) => ["check", file, "--json"])],
    [
      "grade",
      () =>
        examples()
          .slice(0, 2)
          .map((file) => ["grade", file, "--with", expectations, "--json"]),
    ],
    ["query", () => ["allocs", "frees", "writes", "faults"].map((query) => ["query", examples()[1], query, "--json"])],
    ["compare", () => [examples()[0], hardware].map((file) => ["compare", file, "--json"])],
    [
      "replay",
      () => [
        ["replay", mtrace, "--json", "--steps"],
        ["replay", lackey, "--json", "--steps"],
      ],
    ],
  ];
  for (const [name, lines] of commands) {
    it(`of ${name} have these fields`, async () => {
      const shape = new Shape();
      for (const line of lines()) for (const record of json((await cli(...line)).out)) shape.add(record);
      expectGolden(`records-${name}.txt`, shape.report());
    });
  }
});
