import { operationKind } from "../operations";

/** What a function of an allocator does, and which of its arguments say so. Arguments count from 0. */
export interface AllocatorFunction {
  /** A key of `operationKind`. */
  readonly does: "allocate" | "reallocate" | "free";
  /** The old block; absent where the function takes none. */
  readonly pointer?: number;
  /** The requested bytes are the product of these arguments. */
  readonly sizes: readonly number[];
  /** Whether the argument is a text, whose bytes and a zero are requested. */
  readonly copiesText?: boolean;
}

const allocates = (...sizes: number[]): AllocatorFunction => ({ does: "allocate", sizes });
const resizes = (...sizes: number[]): AllocatorFunction => ({ does: "reallocate", pointer: 0, sizes });
const frees: AllocatorFunction = { does: "free", pointer: 0, sizes: [] };
const operatorNew = allocates(0);
const copies: AllocatorFunction = { does: "allocate", sizes: [0], copiesText: true };

/** By name. `posix_memalign` is not among them: it stores the block's address where no log shows it. */
const functions: ReadonlyMap<string, AllocatorFunction> = new Map([
  ["malloc", allocates(0)],
  ["calloc", allocates(0, 1)],
  ["realloc", resizes(1)],
  ["reallocf", resizes(1)],
  ["reallocarray", resizes(1, 2)],
  ["free", frees],
  ["cfree", frees],
  ["free_sized", frees],
  ["memalign", allocates(1)],
  ["aligned_alloc", allocates(1)],
  ["valloc", allocates(0)],
  ["pvalloc", allocates(0)],
  ["strdup", copies],
  ["strndup", copies],
  ["operator new", operatorNew],
  ["operator new[]", operatorNew],
  ["operator delete", frees],
  ["operator delete[]", frees],
]);

/** C++, with the names that linkers have: `new`, `new[]`, `delete` and `delete[]`, whatever comes with the first argument. */
const linkerNew = /^_Zn[wa][mj]/;
const linkerDelete = /^_Zd[la]Pv/;

const prefixed = /^(?:__GI_)?(?:__libc_|__)(?=[a-z])/;

/** The allocator's function of that name; `__libc_malloc` is `malloc`. Undefined for all other functions. */
export function allocatorFunction(name: string): AllocatorFunction | undefined {
  const known = functions.get(name);
  if (known !== undefined || !name.startsWith("_")) return known;
  if (linkerNew.test(name)) return operatorNew;
  if (linkerDelete.test(name)) return frees;
  return functions.get(name.replace(prefixed, ""));
}

/** The number of the kind of operation that a function asks for. */
export function kindOf({ does }: AllocatorFunction): number {
  return operationKind[does];
}
