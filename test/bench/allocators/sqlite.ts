import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BenchAllocator, CreateAllocator } from "./contract";
import { wasmAllocator } from "./wasm";

const page = 65_536;

/**
 * dlmalloc as `@sqlite.org/sqlite-wasm` carries it, called through the module's exported malloc, free and realloc. Only
 * the C heap is used, so every import but the memory and its growth may stay without an answer.
 */
export function loadSqlite(): CreateAllocator {
  const folder = dirname(require.resolve("@sqlite.org/sqlite-wasm/package.json"));
  const wasm = readFileSync(join(folder, "sqlite-wasm/jswasm/sqlite3.wasm"));
  const module = new WebAssembly.Module(wasm);
  return () => instantiate(module);
}

function instantiate(module: WebAssembly.Module): BenchAllocator {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 32_768 });
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const names = (imports[from] ??= {});
    if (kind === "function") names[name] = () => 0;
    else if (kind === "memory") names[name] = memory;
  }
  imports["env"]["emscripten_resize_heap"] = (bytes: number) => {
    const missing = Math.ceil(((bytes >>> 0) - memory.buffer.byteLength) / page);
    try {
      memory.grow(missing);
      return 1;
    } catch {
      return 0;
    }
  };
  const instance = new WebAssembly.Instance(module, imports);
  (instance.exports["__wasm_call_ctors"] as () => void)();
  return wasmAllocator(instance, ["malloc", "free", "realloc"]);
}
