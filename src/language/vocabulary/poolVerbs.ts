import { poolOrderChoices } from "./choices";
import { operand, option, word } from "./describe";
import type { OptionDescription, VerbDescription } from "./vocabularyTypes";

function onOff(name: string, doc: string): OptionDescription {
  return option(name, "choice", doc, { choices: ["on", "off"], default: "off" });
}

const poolName = operand("name", "name", "The pool or slab cache.", { changes: true });

export const poolVerbs: readonly VerbDescription[] = [
  {
    verb: "pool",
    area: "pool",
    binds: "none",
    declares: true,
    patterns: [
      [
        operand("name", "name", "Name for `from=`, `reset` and `destroy`.", { binds: true }),
        operand("size", "size", "Bytes of one block."),
        word("x"),
        operand("count", "count", "Number of blocks."),
      ],
    ],
    options: [
      option("order", "choice", "Which free block is handed out next: the one freed last or the one freed first.", {
        ...poolOrderChoices,
        default: "lifo",
      }),
      option("align", "size", "Every block begins at a multiple of this, a power of two up to 4096.", {
        default: "1",
        unit: "bytes",
      }),
      option(
        "redzone",
        "size",
        "Bytes before and behind each block that belong to nobody: touching them is a problem.",
        {
          default: "0",
          unit: "bytes",
        },
      ),
      onOff("zeroed", "Whether every block handed out is filled with zeros; else its bytes are uninitialised."),
      option("grow", "count", "Blocks added when all are in use; 0 never grows.", { default: "0", unit: "blocks" }),
      option("max", "count", "Blocks that a growing pool may have at most; as many as fit into memory when left out.", {
        unit: "blocks",
      }),
      option(
        "from",
        "name",
        "Carves the pool out of a block: the name of a heap, pool or slab cache takes a block there, which `destroy` gives back; the name of a handle uses its block from that address on. When the block goes, the pool goes with it. The pool has address space of its own when left out.",
      ),
      onOff("autofree", "With `from=`: whether the pool's blocks are freed when the block goes; else they are leaks."),
      option("base", "address", "Address of the first byte; the next free 64 KiB boundary when left out."),
    ],
    doc: "Creates a pool of blocks of one size. Allocating and freeing take the same short time however full it is, and nothing fragments; free blocks carry the link to the next one in their own bytes. Take blocks with `alloc SIZE from=NAME`, or `alloc from=NAME` for whole ones. The statistic `peakUsed` is its high-water mark, `leastFree` its low-water mark.",
    example: "pool nodes 64 x 10",
  },
  {
    verb: "slab",
    area: "pool",
    binds: "none",
    declares: true,
    patterns: [
      [
        operand("name", "name", "Name for `from=`, `reset`, `shrink` and `destroy`.", { binds: true }),
        operand("size", "size", "Bytes of one object."),
      ],
    ],
    options: [
      option("pages", "count", "Pages of 4096 bytes in one slab; as many as one object needs when left out.", {
        unit: "pages",
      }),
      option("align", "size", "Every object begins at a multiple of this, a power of two up to 4096.", {
        default: "8",
        unit: "bytes",
      }),
      option(
        "colour",
        "size",
        "Step of the colouring: each new slab shifts its objects by one step more than the slab before it, as far as its left-over bytes reach, then by 0 again. Rounded up to a multiple of `align`; 0 shifts nothing.",
        { default: "64", unit: "bytes" },
      ),
      option(
        "keep",
        "count",
        "Empty slabs kept for later; one more is given back at once. All are kept when left out.",
        {
          unit: "slabs",
        },
      ),
      option("max", "count", "Slabs at most; as many as fit into memory when left out.", { unit: "slabs" }),
      option(
        "bookkeeping",
        "choice",
        "Where a slab's bookkeeping is: `on-slab` at its start, 4 bytes each: `inuse`, `free` (number of the first free object), then `bufctl`, for each object the number of the next free one (0xffffffff at the end, 0xfffffffe for an object in use); `off-slab` outside memory, which objects of 512 bytes and more do when it is left out.",
        { choices: ["on-slab", "off-slab"] },
      ),
      option(
        "base",
        "address",
        "Address of the first slab, a multiple of 4096; the next free 64 KiB boundary when left out.",
      ),
    ],
    doc: "Creates a cache of equal objects over slabs of pages, as kernels do. An object comes from the first partial slab, else from an empty one, else from a new slab; so empty slabs stay whole and can be given back with `shrink`. Take objects with `alloc from=NAME`.",
    example: "slab inodes 200 pages=1",
  },
  {
    verb: "reset",
    area: "pool",
    binds: "none",
    patterns: [[operand("name", "name", "The pool, slab cache or heap.", { changes: true })]],
    options: [],
    doc: "Frees every block of a pool, slab cache or heap at once; a heap is one free block again. Beside `defrag`, this is the only way to get memory back from a `bump` heap, the arena: a phase of a program allocates, and its end resets. Handles into it dangle afterwards, and freeing one of them is a double free.",
    example: "reset nodes",
  },
  {
    verb: "trim",
    area: "pool",
    binds: "none",
    patterns: [[poolName, operand("range", "range", "Addresses whose blocks stay, those partly inside too.")]],
    options: [],
    doc: "Frees every block of a pool or slab cache that lies wholly outside a range of addresses.",
    example: "trim nodes 0x10000..0x10100",
  },
  {
    verb: "shrink",
    area: "pool",
    binds: "none",
    patterns: [[operand("name", "name", "The slab cache.", { changes: true })]],
    options: [],
    doc: "Gives all empty slabs of a slab cache back. Their places are used again by the next new slabs.",
    example: "shrink inodes",
  },
  {
    verb: "destroy",
    area: "pool",
    binds: "none",
    patterns: [[poolName]],
    options: [],
    doc: "Gives a whole pool or slab cache back, and the block that it was carved out of with `from=` a region. Blocks still in use are reported as leaks, and handles into it dangle.",
    example: "destroy nodes",
  },
];
