import assert from "node:assert/strict";
import { cli, Folder, json } from "./harness";

const script = 'a = alloc 100\nwrite a "Hello"\nb = alloc 5000\nfree a\nfree b\n';

describe("memscript query", () => {
  const folder = new Folder();
  const file = folder.write("q.memscript", script);
  after(() => folder.remove());

  it("prints an answer a line, for people", async () => {
    const { code, out, err } = await cli("query", file, "allocs > 4KiB");
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /^\S+q\.memscript:3: step 3: `b` was allocated: 5000 bytes at 0x[0-9a-f]+ from `\w+`\.\n$/);
  });

  it("prints an answer a line, as JSON", async () => {
    const { out } = await cli("query", file, "writes a", "--json");
    const [answer, ...others] = json(out) as Record<string, unknown>[];
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...answer, from: "", to: "", region: "" },
      {
        kind: "write",
        step: 2,
        line: 2,
        text: answer["text"],
        from: "",
        to: "",
        region: "",
      },
    );
    assert.match(String(answer["text"]), /^5 bytes written at 0x/);
  });

  it("tells that there are more answers than are printed", async () => {
    const long = folder.write("long.memscript", "repeat 10001\n  a = alloc 8\n  free a\nend\n");
    const { out, err } = await cli("query", long, "frees");
    assert.equal(out.trimEnd().split("\n").length, 10_000);
    assert.match(err, /the first 10000 answers of more/);
  });

  it("tells why nothing was found", async () => {
    const { code, out, err } = await cli("query", file, "writes zz");
    assert.deepEqual([code, out], [0, ""]);
    assert.match(err, /nothing found: Nothing is called `zz`/);
  });

  it("tells the column of a mistake", async () => {
    const { code, err } = await cli("query", file, "writes 0x1000..");
    assert.equal(code, 2);
    assert.match(err, /wrong at column 14: .* is expected/);
  });

  it("wants a file and one question", async () => {
    assert.match((await cli("query", file)).err, /a file and a question/);
    assert.equal((await cli("query", file, "frees", "allocs")).code, 2);
  });
});
