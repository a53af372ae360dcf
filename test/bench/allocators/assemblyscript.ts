import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { outFolder } from "../paths";
import type { CreateAllocator } from "./contract";
import { wasmAllocator } from "./wasm";

/** The runtime's TLSF (`std/assembly/rt/tlsf.ts`), exported as it is. */
const source = `
export function allocate(size: usize): usize { return heap.alloc(size); }
export function free(pointer: usize): void { heap.free(pointer); }
export function reallocate(pointer: usize, size: usize): usize { return heap.realloc(pointer, size); }
`;
const compiled = join(outFolder, "assemblyscript.wasm");

export function compileAssemblyScript(): void {
  const file = join(outFolder, "assemblyscript.ts");
  writeFileSync(file, source);
  const compiler = join(dirname(require.resolve("assemblyscript/package.json")), "bin/asc.js");
  const options = ["--outFile", compiled, "-O3", "--runtime", "minimal"];
  execFileSync(process.execPath, [compiler, file, ...options], { stdio: ["ignore", "ignore", "inherit"] });
}

export function loadAssemblyScript(): CreateAllocator {
  const module = new WebAssembly.Module(readFileSync(compiled));
  return () => {
    const abort = (): never => {
      throw new Error("AssemblyScript's allocator gave up.");
    };
    const instance = new WebAssembly.Instance(module, { env: { abort } });
    return wasmAllocator(instance, ["allocate", "free", "reallocate"]);
  };
}
