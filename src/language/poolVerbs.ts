import { operand, option, word } from "./describe";
import type { VerbDescription } from "./vocabularyTypes";

const poolName = operand("name", "name", "The pool.");

export const poolVerbs: readonly VerbDescription[] = [
  {
    verb: "pool",
    area: "pool",
    binds: "none",
    patterns: [
      [
        operand("name", "name", "Name for `from=`, `reset` and `destroy`."),
        operand("size", "size", "Bytes of one block."),
        word("x"),
        operand("count", "count", "Number of blocks."),
      ],
    ],
    options: [
      option("order", "choice", "Which free block is handed out next: the one freed last or the one freed first.", {
        choices: ["fifo", "lifo"],
        default: "lifo",
      }),
      option("base", "address", "Address of the first block; the next free 64 KiB boundary when left out."),
    ],
    doc: "Creates a pool of blocks of one size. Allocating and freeing take the same short time however full it is, and nothing fragments; free blocks carry the link to the next one in their own bytes. Take blocks with `alloc SIZE from=NAME`.",
    example: "pool nodes 64 x 10",
  },
  {
    verb: "reset",
    area: "pool",
    binds: "none",
    patterns: [[operand("name", "name", "The pool or heap.")]],
    options: [],
    doc: "Frees every block of a pool or a heap at once; a heap is one free block again. This is the only way to get memory back from a `bump` heap, the arena: a phase of a program allocates, and its end resets. Handles into it dangle afterwards, and freeing one of them is a double free.",
    example: "reset nodes",
  },
  {
    verb: "destroy",
    area: "pool",
    binds: "none",
    patterns: [[poolName]],
    options: [],
    doc: "Gives the whole pool back. Blocks still in use are reported as leaks, and handles into it dangle.",
    example: "destroy nodes",
  },
];
