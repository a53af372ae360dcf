import assert from "node:assert/strict";
import { lastLineOf, outlineOf, type OutlineNode } from "../../../src/language/services/outline";
import { parse } from "../../../src/language/parsing/parser";

function show(nodes: readonly OutlineNode[], indent = ""): string[] {
  return nodes.flatMap(({ name, kind, detail, line, children }) => [
    `${indent}${line + 1} ${kind} ${name}: ${detail}`,
    ...show(children, `${indent}  `),
  ]);
}

const outline = (...lines: readonly string[]): string[] => show(outlineOf(parse(lines.join("\n"))));

describe("outlineOf", () => {
  it("puts blocks below the heap or pool that serves them, with sizes", () => {
    assert.deepEqual(
      outline(
        "heap main 64KiB policy=best-fit",
        "pool nodes 64 x 10",
        "a = alloc 100",
        "n = alloc from=nodes",
        "t = calloc 16 8 from=main",
        "a = alloc 200",
        "p = a + 8",
        "slab inodes 200 pages=1",
        "repeat 4 as i",
        "  b[i] = alloc 2 * i + 1 from=later",
        "end",
        "cache L1 32KiB",
      ),
      [
        "1 region main: 64KiB best-fit",
        "  3 handle a: 100 B",
        "  5 handle t: 16 × 8 B",
        "2 region nodes: 10 × 64 B",
        "  4 handle n: ",
        "7 handle p: p = a + 8",
        "8 region inodes: 200 B",
        "9 variable i: 4 ×",
        "10 handle b: 2 * i + 1",
        "12 region L1: 32KiB",
      ],
    );
  });

  it("puts processes below the virtual memory, and regions below the process that runs on their line", () => {
    assert.deepEqual(
      outline(
        "vm page=4KiB frames=100 demand=on",
        "region code 0..4 rxu",
        "process editor",
        "switch editor",
        "region stack 0x80..0x100 rwu grow=down",
        "guard below 0x7f..0x80",
        "fork child",
        "switch main",
        "region data 8..9",
        "segment extra 2KiB",
      ),
      [
        "1 vm vm: 100 × 4KiB",
        "  2 area code: 0..4 rxu",
        "  3 process editor: ",
        "    5 area stack: 0x80..0x100 rwu",
        "    6 area below: 0x7f..0x80",
        "  7 process child: ",
        "  9 area data: 8..9",
        "  10 area extra: 2KiB",
      ],
    );
  });

  it("calls a heap without a name heap, and takes it for requests that name none", () => {
    assert.deepEqual(outline("heap 64", "a = alloc 8"), ["1 region heap: 64 B", "  2 handle a: 8 B"]);
    assert.deepEqual(outline("a = alloc 8"), ["1 handle a: 8 B"]);
  });

  it("reaches to the last line of what is in a container", () => {
    const [heap, pool] = outlineOf(parse("heap h 64\npool p 8 x 2\na = alloc 8\nstats"));
    assert.equal(lastLineOf(heap), 2);
    assert.equal(lastLineOf(pool), 1);
  });
});
